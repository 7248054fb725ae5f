export {
  piecewisePolynomial,
  type PiecewiseOptions,
  type PiecewisePolynomial,
} from './piecewise-polynomial.js';
