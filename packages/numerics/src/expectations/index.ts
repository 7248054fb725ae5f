export { exponentialLinearForms, type ExponentialLinearUnit } from './exponential-linear.js';
export {
  furthestMethod,
  gaussianExpectations,
  type ExpectationMethod,
  type ExpectationOptions,
  type GaussianExpectations,
} from './gaussian-expectations.js';
export { homogeneousProduct } from './homogeneous-product.js';
export { increment } from './increment.js';
