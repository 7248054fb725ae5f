/**
 * φ(x) = erf(x), and its Gaussian expectations in closed form: `williams1997` eq. 11, `shrinkage2021` app. B.
 *
 * With c = 1 − gap, w = 1 − c² = gap(2 − gap), s = 2√(q1 q2)/R, k = √(1 + 2 q1 + 2 q2)/R, R = √((1 + 2 q1)(1 + 2 q2)),
 * so that s² + k² = 1, and d = √(k² + s² w):
 *
 *   E φ(u1) φ(u2)   = (2/π) arcsin(s c) = (2/π) atan2(s c, d)
 *   E φ'(u1) φ'(u2) = (4/π)/(R d)
 *   drop            = (2/π) (arcsin s − arcsin s c) = (2/π) atan2(s (d − k + gap k), k d + s² c)
 *   d/dq E φ²       = (4/π)/((1 + 2 q) √(1 + 4 q))
 *
 * Domain: q ≥ 0, infinite too (then φ(u) is the sign of u), gap in [0, 2].
 * Method: the points (k, s) and (d, s c) lie on one circle, so the drop is the angle between them, by the components
 * of one along and across the other; d − k = s² w/(d + k). Every sum is of positive terms but k d + s² c, which is 0
 * only at a right angle.
 */

import type { Activation, GaussianClosedForms, TensorOps } from '@meanfield/core';
import { erf as erfOf, expOfMinusSquare } from '@meanfield/numerics';

/** φ'(0) */
const SLOPE = 2 / Math.sqrt(Math.PI);

/** 2q/(1 + 2q), 1 at infinity. */
const saturation = (q: number): number => (q > 1 ? 1 / (1 + 0.5 / q) : (2 * q) / (1 + 2 * q));

/** s and k of the header: sine and cosine of arcsin(2√(q1 q2)/R). */
function circlePoint(q1: number, q2: number): { readonly sine: number; readonly cosine: number } {
  const [first, second] = [saturation(q1), saturation(q2)];
  return {
    sine: Math.sqrt(first) * Math.sqrt(second),
    cosine: Math.sqrt(1 / (1 + 2 * q1) + first / (1 + 2 * q2)),
  };
}

/** d of the header. */
const cosineAt = (sine: number, cosine: number, gap: number): number =>
  Math.hypot(cosine, sine * Math.sqrt(gap * (2 - gap)));

function product(q1: number, q2: number, gap: number): number {
  const { sine, cosine } = circlePoint(q1, q2);
  return (2 / Math.PI) * Math.atan2(sine * (1 - gap), cosineAt(sine, cosine, gap));
}

function productDrop(q1: number, q2: number, gap: number): number {
  if (gap === 0) return 0;
  const { sine, cosine } = circlePoint(q1, q2);
  const turned = cosineAt(sine, cosine, gap);
  const rise = turned === 0 ? 0 : (sine * sine * gap * (2 - gap)) / (turned + cosine);
  return (2 / Math.PI) * Math.atan2(sine * (rise + gap * cosine), cosine * turned + sine * sine * (1 - gap));
}

function derivativeProduct(q1: number, q2: number, gap: number): number {
  if (q1 === Infinity || q2 === Infinity) return 0;
  const { sine, cosine } = circlePoint(q1, q2);
  return (SLOPE * SLOPE) / (Math.sqrt(1 + 2 * q1) * Math.sqrt(1 + 2 * q2) * cosineAt(sine, cosine, gap));
}

const closedForms: Required<GaussianClosedForms> = {
  mean: () => 0,
  meanSquare: (q) => product(q, q, 0),
  derivativeMean: (q) => SLOPE / Math.sqrt(1 + 2 * q),
  derivativeMeanSquare: (q) => (SLOPE * SLOPE) / Math.sqrt(1 + 4 * q),
  meanSquareSlope: (q) => (SLOPE * SLOPE) / ((1 + 2 * q) * Math.sqrt(1 + 4 * q)),
  product,
  productDrop,
  derivativeProduct,
};

const derivative = (x: number): number => SLOPE * expOfMinusSquare(x, 1);

/** φ(x) = erf(x) = (2/√π) ∫₀ˣ e^{−t²} dt, odd and bounded by 1. */
export const erf: Activation = {
  name: 'erf',
  phi: erfOf,
  derivative,
  secondDerivative: (x) => -2 * x * derivative(x),
  kinks: [],
  homogeneous: false,
  closedForms,
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.erf(x),
};
