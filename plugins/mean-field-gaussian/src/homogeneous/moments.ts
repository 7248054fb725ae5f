/**
 * Moments of a homogeneous activation, φ(x) = a₊x for x > 0 and a₋x below, in closed form at any length that float64
 * holds (`cho2009` §2; `tsuchida2018` cor. 4 for leaky ReLU). With D = (a₊ − a₋)² and g = E max(z1, 0) max(−z2, 0) for
 * standard normals of correlation 1 − gap:
 *
 *   E φ²   = q (a₊² + a₋²)/2
 *   drop   = √(q1 q2) (gap (a₊a₋ + D/2) − D g)
 *   E φ'φ' = a₊a₋ + D P(z1 > 0, z2 > 0)
 */

import { oppositeProduct, quadrantProbability } from '@meanfield/numerics';

import { centredGrowth, squareGrowth, type AsymptoticSlopes } from '../asymptotic-slopes.js';
import type { CentredMoments } from '../centred-moments.js';

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
export function unitDrop({ right, left }: AsymptoticSlopes): (gap: number) => number {
  const contrast = (right - left) ** 2;
  const slope = right * left + contrast / 2;
  return (gap) => gap * slope - contrast * oppositeProduct(gap);
}

/** √q1 − √q2 */
export const rootDifference = (q1: number, q2: number): number =>
  q1 === q2 ? 0 : (q1 - q2) / (Math.sqrt(q1) + Math.sqrt(q2));
