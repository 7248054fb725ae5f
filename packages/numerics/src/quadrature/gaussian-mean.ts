/**
 * E f(z), z ~ N(0, 1): panels graded around the origin and the kinks of f (`gradedBreaks`), Gauss–Kronrod in each
 * (`normalIntegral`), on ±9 deviations and further out while f still grows against the density.
 *
 * Why not Gauss–Hermite: for tanh(√q z) the poles at ±iπ/(2√q) leave it 1e-4 off at 20 nodes and q = 10.
 *
 * Measured error relative to E|f|: below 1e-13 for powers, |z|, e^{3z}, cos 5z, steps at 1 and at 12, and
 * sech²(a z) for a up to 1e5 without, 1e8 with `scale`; 1e-9 for √|z|, which is not analytic beside its kink.
 */

import { gradedBreaks } from './graded-breaks.js';
import { normalIntegral } from './normal-integral.js';

export interface GaussianMeanOptions {
  /** Points at which f or a derivative of it jumps; the integral is split there. Default none. */
  readonly kinks?: readonly number[];
  /**
   * The length on which f varies beside its kinks, or beside 0 if it has none, such as 1/a for tanh(a z).
   * Structure down to a thousandth of it is found by refinement. Default 0.01.
   */
  readonly scale?: number;
}

/**
 * E f(z) for a standard normal z. Throws INVALID_ARGUMENT where f gives NaN, NOT_CONVERGED when refinement does
 * not settle.
 */
export function gaussianMean(f: (z: number) => number, options: GaussianMeanOptions = {}): number {
  const { kinks = [], scale = 0.01 } = options;
  return normalIntegral(f, gradedBreaks(kinks, Math.min(1, scale))).value;
}
