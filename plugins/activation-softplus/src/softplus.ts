/**
 * Softplus, φ(x) = ln(1 + e^{βx})/β (`dugas2001` §2, β = 1): a smooth ReLU, to which it tends for β → ∞.
 *
 * φ'(x) = σ(βx), φ''(x) = β σ(βx) σ(−βx) with σ the logistic function. Written with e = e^{−β|x|}, which is at most 1:
 * φ(x) = max(x, 0) + ln(1 + e)/β by log1p, so that nothing overflows and no digit is lost at either end.
 * Measured maximum relative error at 32 points, |x| from 1e-300 to 700, β = 1, against 60 digits and more: below 1e-15 for all
 * three. For other β, rounding of βx adds ε β|x| to the relative error where φ is as small as e^{−β|x|}.
 *
 * Gaussian expectations: σ(t) + σ(−t) = 1 makes E φ'(√q z) = 1/2 for every q and β. φ(x) − φ(−x) = x gives φ the odd
 * part x/2 exactly; expectations of its even part have no closed form.
 */

import type { Activation, TensorOps } from '@meanfield/core';

export interface SoftplusOptions {
  /** β > 0: φ varies on a length of 1/β */
  readonly beta: number;
}

export function softplus({ beta }: SoftplusOptions): Activation {
  /** e^{−β|x|} */
  const decay = (x: number): number => Math.exp(-beta * Math.abs(x));
  return {
    name: 'softplus',
    phi: (x) => Math.max(x, 0) + Math.log1p(decay(x)) / beta,
    derivative(x) {
      const e = decay(x);
      return (x < 0 ? e : 1) / (1 + e);
    },
    secondDerivative(x) {
      const e = decay(x);
      return (beta * e) / (1 + e) ** 2;
    },
    kinks: [],
    scale: 1 / beta,
    homogeneous: false,
    closedForms: { derivativeMean: () => 1 / 2 },
    /** max(x, 0) as (x + |x|)/2: with sign(0) = 0 for the slope of |x|, gradients at 0 are σ(0) = 1/2, as they should be. */
    tensorForm<T>(x: T, ops: TensorOps<T>): T {
      const size = ops.abs(x);
      const rectified = ops.scale(ops.add(x, size), 1 / 2);
      return ops.add(rectified, ops.scale(ops.log1p(ops.exp(ops.scale(size, -beta))), 1 / beta));
    },
  };
}
