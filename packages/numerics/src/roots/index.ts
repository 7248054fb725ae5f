export { brent } from './brent.js';
export { newtonSafeguarded } from './newton.js';
export type { RootOptions, RootResult } from './result.js';
