export { oppositeProduct, quadrantProbability, rectifiedProduct, sineLessAngleCosine } from './arc-cosine.js';
export { blurredPair, saturation, type BlurredPair } from './blurred-pair.js';
export { correlationAngle } from './correlation-angle.js';
export { erf, erfc, erfcx, expOfMinusSquare } from './error-function.js';
export { logGamma } from './log-gamma.js';
export { normalRectangle } from './normal-rectangle.js';
export { normalCdf, normalPdf } from './normal.js';
