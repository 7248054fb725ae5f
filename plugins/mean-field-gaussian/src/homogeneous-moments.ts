/**
 * Moments of a homogeneous activation, φ(x) = a₊x for x > 0 and a₋x below, in closed form at any length that float64
 * holds (`cho2009` §2; `tsuchida2018` cor. 4 for leaky ReLU). With D = (a₊ − a₋)² and g = E max(z1, 0) max(−z2, 0) for
 * standard normals of correlation 1 − gap:
 *
 *   E φ²   = q (a₊² + a₋²)/2
 *   drop   = √(q1 q2) (gap (a₊a₋ + D/2) − D g)
 *   E φ'φ' = a₊a₋ + D P(z1 > 0, z2 > 0)
 */

import { oppositeProduct, piecewisePolynomial, quadrantProbability } from '@meanfield/numerics';

import type { Progress } from './advance.js';
import { centredGrowth, squareGrowth, type AsymptoticSlopes } from './asymptotic-slopes.js';
import type { CentredMoments } from './centred-moments.js';
import type { Rows } from './gaussian-map.js';

export function homogeneousMoments(slopes: AsymptoticSlopes, kappa: number): CentredMoments {
  const { right, left } = slopes;
  const growth = centredGrowth(slopes, kappa);
  const square = squareGrowth(slopes);
  const mean = (right - left) / Math.sqrt(2 * Math.PI);
  const drop = unitDrop(slopes);
  return {
    method: 'closed form',
    meanSquare: (q) => growth * q,
    mean: (q) => mean * Math.sqrt(q),
    activationMeanSquare: (q) => square * q,
    meanSquareSlope: () => growth,
    productDrop: (q1, q2, gap) => Math.sqrt(q1) * Math.sqrt(q2) * drop(gap),
    derivativeProduct: (_q1, _q2, gap) => right * left + (right - left) ** 2 * quadrantProbability(gap),
    // With A = σ_w² M(1): V1 V2 − C12² = A σ_b² (√q1 − √q2)².
    shortfall(q1, q2, weightVariance, biasVariance) {
      const a = weightVariance * growth;
      const root = Math.sqrt(a * q1 + biasVariance) * Math.sqrt(a * q2 + biasVariance);
      const product = a * Math.sqrt(q1) * Math.sqrt(q2) + biasVariance;
      return a * rootDifference(q1, q2) ** 2 * (biasVariance / (root + product));
    },
  };
}

/** The drop at unit variances */
function unitDrop({ right, left }: AsymptoticSlopes): (gap: number) => number {
  const contrast = (right - left) ** 2;
  const slope = right * left + contrast / 2;
  return (gap) => gap * slope - contrast * oppositeProduct(gap);
}

/** √q1 − √q2 */
export const rootDifference = (q1: number, q2: number): number =>
  q1 === q2 ? 0 : (q1 - q2) / (Math.sqrt(q1) + Math.sqrt(q2));

const END = Math.SQRT1_2;
const TERMS = 5;

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

/**
 * Layers up to gap = 1: q' = σ_w² growth q + σ_b², s' = s σ_w P(s) √(q/q'). A length that leaves float64 leaves the gap as
 * it is.
 */
export function advanceHomogeneous(
  { cells, coefficients }: UnitRatio,
  growth: number,
  { weightVariance, biasVariance }: Rows,
  progress: Progress,
): boolean {
  const lengthGrowth = weightVariance * growth;
  const density = cells / END;
  let { q, s, left } = progress;
  for (; left > 0 && s <= END; left--) {
    const next = lengthGrowth * q + biasVariance;
    if (next === 0 || next === Infinity) {
      q = next;
      left = 0;
      break;
    }
    const y = s * density;
    let cell = y | 0;
    if (cell === cells) cell--;
    const v = y - cell;
    const at = cell * TERMS;
    const square = v * v;
    const low = coefficients[at]! + v * coefficients[at + 1]!;
    const high = coefficients[at + 2]! + v * coefficients[at + 3]! + square * coefficients[at + 4]!;
    const carried = s * Math.sqrt(weightVariance * (q / next)) * (low + square * high);
    if (next === q && carried === s) {
      left = 0;
      break;
    }
    q = next;
    s = carried;
  }
  const advanced = left < progress.left;
  progress.q = q;
  progress.s = s;
  progress.left = left;
  return advanced;
}
