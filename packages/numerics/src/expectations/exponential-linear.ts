/**
 * Gaussian expectations of the exponential linear units of `clevert2016` and `klambauer2017`,
 *
 *   φ(x) = λ x for x > 0,  λ α (eˣ − 1) for x ≤ 0;
 *
 * over one variance in closed form. With a = √(q/2) and e = erfcx, e(a) = 2 e^{q/2} Φ(−√q) without its overflow:
 *
 *   E φ   = λ [√(q/2π) (1 − α) + α (e(a) − 1 + 2a/√π)/2]
 *   E φ²  = λ² [q/2 + α² (1 − 2 e(a) + e(2a))/2]
 *   E φ'  = λ (1 + α e(a))/2,  E φ'² = λ² (1 + α² e(2a))/2
 *   d/dq E φ² = λ² [1 + α² (2 e(2a) − e(a))]/2, since φ vanishes at the kink
 *
 * and over two as single integrals, see `exponential-linear-pairs.ts`.
 *
 * Measured maximum relative error at 26 lengths (α = 1 and 0.3; q from 1e-8 to 1e6) against 45-digit values: 2.3e-16.
 */

import type { GaussianClosedForms } from '@meanfield/core';

import { erfcx } from '../special/index.js';
import { derivativeProduct, product, productDrop, productAtOne } from './exponential-linear-pairs.js';
import { lessTangent } from './scaled-tail.js';
import { offLimits, settle } from './limits.js';

export interface ExponentialLinearUnit {
  /** λ: the slope above 0 */
  readonly slope: number;
  /** α: −λα is the limit of φ at −∞ */
  readonly alpha: number;
}

/**
 * Every expectation of an exponential linear unit. At q = 0 and q = Infinity limits, as in `gaussianExpectations`.
 *
 * @param unit λ > 0 and α > 0
 */
export function exponentialLinearForms({
  slope,
  alpha,
}: ExponentialLinearUnit): Required<GaussianClosedForms> {
  const square = slope * slope;
  const ofOne =
    (form: (q: number) => number) =>
    (q: number): number =>
      settle(form(offLimits(q)), q);
  const ofPair =
    (form: (alpha: number, q1: number, q2: number, gap: number) => number) =>
    (q1: number, q2: number, gap: number): number =>
      settle(square * form(alpha, offLimits(q1), offLimits(q2), gap), q1, q2);
  return {
    mean: ofOne(
      (q) =>
        slope * (Math.sqrt(q / (2 * Math.PI)) * (1 - alpha) + 0.5 * alpha * lessTangent(Math.sqrt(q / 2))),
    ),
    meanSquare: ofOne((q) => square * productAtOne(alpha, q, q)),
    derivativeMean: ofOne((q) => 0.5 * slope * (1 + alpha * erfcx(Math.sqrt(q / 2)))),
    derivativeMeanSquare: ofOne((q) => 0.5 * square * (1 + alpha * alpha * erfcx(Math.sqrt(2 * q)))),
    meanSquareSlope: ofOne(
      (q) => 0.5 * square * (1 + alpha * alpha * (2 * erfcx(Math.sqrt(2 * q)) - erfcx(Math.sqrt(q / 2)))),
    ),
    product: ofPair(product),
    productDrop: ofPair(productDrop),
    derivativeProduct: ofPair(derivativeProduct),
  };
}
