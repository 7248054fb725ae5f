export { gaussianExpectations, type GaussianExpectations } from './gaussian-expectations.js';
export { homogeneousProduct } from './homogeneous-product.js';
export { increment } from './increment.js';
