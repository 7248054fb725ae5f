export { gaussianExpectations, type GaussianExpectations } from './gaussian-expectations.js';
