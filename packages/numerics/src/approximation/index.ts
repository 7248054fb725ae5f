export { chebyshevCoefficients, chebyshevPoints, powerCoefficients } from './chebyshev.js';
export {
  piecewisePolynomial,
  type PiecewiseOptions,
  type PiecewisePolynomial,
} from './piecewise-polynomial.js';
