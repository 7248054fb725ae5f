export * from './expectations/index.js';
export * from './hermite/index.js';
export * from './linear/index.js';
export * from './quadrature/index.js';
export * from './random/index.js';
export * from './roots/index.js';
export * from './special/index.js';
export * from './weights/index.js';
