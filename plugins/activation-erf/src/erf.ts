/**
 * φ(x) = erf(x), and its Gaussian expectations in closed form: `williams1997` for the kernel, `shrinkage2021` app. B.
 *
 * erf(x) = 2 Φ(√2 x) − 1, so the angle θ of the noisy signals of numerics' `blurredPair` at variances 2 q1, 2 q2 says
 * it all: cos θ = s c with c = 1 − gap, s = 2√(q1 q2)/R, R = √((1 + 2 q1)(1 + 2 q2)), and θ = θ₀ at gap 0.
 *
 *   E φ(u1) φ(u2)   = (2/π) arcsin(s c) = (2/π) (π/2 − θ)
 *   E φ'(u1) φ'(u2) = (4/π)/(R sin θ)
 *   drop            = (2/π) (θ − θ₀)
 *   d/dq E φ²       = (4/π)/((1 + 2 q) √(1 + 4 q))
 *
 * Domain: q ≥ 0, infinite too (then φ(u) is the sign of u), gap in [0, 2].
 * Measured maximum relative error at 1,500 random points against 70-digit values, q from 1e-10 to 1e8, gaps from 1e-25 to
 * 2: productDrop 6.4e-16; of the Cauchy–Schwarz bound: product 5.2e-16, derivativeProduct 6.1e-16. At 300 variances:
 * meanSquare 5.3e-16, meanSquareSlope 3.6e-16, derivativeMean 2.2e-16, derivativeMeanSquare 3.8e-16.
 */

import type { Activation, GaussianClosedForms, TensorOps } from '@meanfield/core';
import { blurredPair, erf as erfOf, expOfMinusSquare } from '@meanfield/numerics';

import { advancePairs } from './pairs.js';

/** φ'(0) */
const SLOPE = 2 / Math.sqrt(Math.PI);

function product(q1: number, q2: number, gap: number): number {
  const { cosine, sine } = blurredPair(2 * q1, 2 * q2, gap);
  return (2 / Math.PI) * Math.atan2(cosine, sine);
}

function derivativeProduct(q1: number, q2: number, gap: number): number {
  if (q1 === Infinity || q2 === Infinity) return 0;
  const { sine } = blurredPair(2 * q1, 2 * q2, gap);
  return (SLOPE * SLOPE) / (Math.sqrt(1 + 2 * q1) * Math.sqrt(1 + 2 * q2) * sine);
}

const closedForms: Required<GaussianClosedForms> = {
  mean: () => 0,
  meanSquare: (q) => product(q, q, 0),
  derivativeMean: (q) => SLOPE / Math.sqrt(1 + 2 * q),
  derivativeMeanSquare: (q) => (SLOPE * SLOPE) / Math.sqrt(1 + 4 * q),
  meanSquareSlope: (q) => (SLOPE * SLOPE) / ((1 + 2 * q) * Math.sqrt(1 + 4 * q)),
  product,
  productDrop: (q1, q2, gap) => (2 / Math.PI) * blurredPair(2 * q1, 2 * q2, gap).turn,
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
  advancePairs,
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.erf(x),
};
