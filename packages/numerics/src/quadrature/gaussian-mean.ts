/**
 * E f(z), z ~ N(0, 1): panels graded around the origin and the kinks of f (`gradedBreaks`), Gauss–Kronrod in each
 * (`integrate`), on ±9 deviations and further out while f still grows against the density.
 *
 * Why not Gauss–Hermite: for tanh(√q z) the poles at ±iπ/(2√q) leave it 1e-4 off at 20 nodes and q = 10.
 *
 * Measured error: see test/fixtures; being measured.
 */

import { FARTHEST, gradedBreaks } from './graded-breaks.js';
import { integrate, type Integral } from './integrate.js';

const INVERSE_SQRT_2PI = 0.3989422804014327;
/** Tail mass, relative to ∫|f|, that is still followed outwards */
const TAIL = 2e-17;

export interface GaussianMeanOptions {
  /** Points at which f or a derivative of it jumps; the integral is split there. Default none. */
  readonly kinks?: readonly number[];
  /**
   * The length on which f varies beside the origin and its kinks, such as 1/a for tanh(a z); panels start there.
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

/** ∫ f dN(0, 1) on given breaks, then outwards from ends other than 0. `noise` as for `integrate`. */
export function normalIntegral(
  f: (z: number) => number,
  breaks: readonly number[],
  noise?: () => number,
): Integral {
  const weighted = (z: number): number => f(z) * Math.exp(-0.5 * z * z);
  let { value, size } = integrate(weighted, breaks, noise);
  for (const end of [breaks[0]!, breaks[breaks.length - 1]!]) {
    let from = end;
    while (from !== 0 && Math.abs(from) < FARTHEST && Math.abs(weighted(from) / from) > TAIL * size) {
      const to = Math.sign(from) * Math.min(FARTHEST, 1.5 * Math.abs(from));
      const tail = integrate(weighted, from < to ? [from, to] : [to, from], noise);
      value += tail.value;
      size += tail.size;
      from = to;
    }
  }
  return { value: INVERSE_SQRT_2PI * value, size: INVERSE_SQRT_2PI * size };
}
