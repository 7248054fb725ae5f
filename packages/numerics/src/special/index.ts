export { erf, erfc, erfcx } from './error-function.js';
export { logGamma } from './log-gamma.js';
export { normalCdf, normalPdf } from './normal.js';
