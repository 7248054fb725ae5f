export { hermiteCoefficients, hermiteSeries, type HermiteOptions } from './hermite-coefficients.js';
