export { gaussianExpectations, type GaussianExpectations } from './gaussian-expectations.js';
export { increment } from './increment.js';
