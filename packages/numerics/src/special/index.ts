export { oppositeProduct, quadrantProbability, rectifiedProduct } from './arc-cosine.js';
export { erf, erfc, erfcx, expOfMinusSquare } from './error-function.js';
export { logGamma } from './log-gamma.js';
export { normalCdf, normalPdf } from './normal.js';
