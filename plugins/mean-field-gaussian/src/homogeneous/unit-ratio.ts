/** What the gap of two signals of equal length depends on under a homogeneous activation, as a table */

import { piecewisePolynomial } from '@meanfield/numerics';

import { squareGrowth, type AsymptoticSlopes } from '../asymptotic-slopes.js';
import { unitDrop } from './moments.js';

/** √(gap/2) at gap = 1 */
export const END: number = Math.SQRT1_2;
/** Coefficients of a cell */
export const TERMS = 5;

/** √(drop/gap) at unit variances as a function of s = √(gap/2) ∈ [0, √½], in which it is analytic */
export interface UnitRatio {
  readonly cells: number;
  /** [cells, 5]: coefficients of powers of v ∈ [0, 1] on equal cells */
  readonly coefficients: Float64Array;
}

/** Measured error for ReLU, leaky ReLU and |x|: 1e-15 of the value at s = 0 */
export function unitRatio(slopes: AsymptoticSlopes): UnitRatio {
  const drop = unitDrop(slopes);
  const atZero = Math.sqrt(squareGrowth(slopes));
  const ratio = (s: number): number => (s === 0 ? atZero : Math.sqrt(drop(2 * s * s) / 2) / s);
  const table = piecewisePolynomial(ratio, 0, END, { maxDegree: TERMS - 1 });
  const coefficients = new Float64Array(table.pieces * TERMS);
  for (let cell = 0; cell < table.pieces; cell++) {
    const start = cell * (table.degree + 1);
    const powers = table.coefficients.subarray(start, start + table.degree + 1);
    coefficients.set(fromZero(powers), cell * TERMS);
  }
  return { cells: table.pieces, coefficients };
}

/** Coefficients of powers of v from those of t = 2v − 1 */
function fromZero(powers: Float64Array): Float64Array {
  const shifted = new Float64Array(TERMS);
  for (let k = powers.length - 1; k >= 0; k--) {
    for (let i = TERMS - 1; i > 0; i--) shifted[i] = 2 * shifted[i - 1]! - shifted[i]!;
    shifted[0] = powers[k]! - shifted[0]!;
  }
  return shifted;
}
