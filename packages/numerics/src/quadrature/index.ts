export { gaussHermite, gaussLegendre, type QuadratureRule } from './gauss-rules.js';
export { gaussianMean, type GaussianMeanOptions } from './gaussian-mean.js';
export { gaussianMean2, type GaussianMean2Options } from './gaussian-mean-2.js';
export { gradedLegendre } from './graded-legendre.js';
