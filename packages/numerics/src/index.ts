export * from './random/index.js';
export * from './weights/index.js';
