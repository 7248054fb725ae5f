/**
 * The exponential linear unit of `clevert2016` §3, φ(x) = x for x > 0, α (eˣ − 1) for x ≤ 0.
 *
 * φ'(x) = 1 or α eˣ and φ''(x) = 0 or α eˣ, on either side of 0. There φ' jumps for α ≠ 1, and for every α φ'' does:
 * φ is not smooth, its Hermite series falls like a power, and integrals must be split at 0. So 0 is always a kink.
 * φ'(0) is α, the slope from below.
 *
 * The Gaussian expectations are numerics' `exponentialLinearForms`: closed forms in erfcx over one variance, single
 * integrals over an angle for two. Measured maximum error at 252 pairs (α = 1 and 0.3; q from 1e-8 to 1e6, gaps from
 * 1e-14 to 2) and 26 lengths against 45-digit values (test/fixtures): product 4.8e-16 and derivativeProduct 2.4e-16 of
 * their Cauchy–Schwarz bounds, productDrop 4.8e-16 and all of one variance 2.3e-16 relative.
 */

import type { Activation, TensorOps } from '@meanfield/core';
import { exponentialLinearForms } from '@meanfield/numerics';

export const elu = (alpha: number): Activation => ({
  name: 'elu',
  phi: (x) => (x > 0 ? x : alpha * Math.expm1(x)),
  derivative: (x) => (x > 0 ? 1 : alpha * Math.exp(x)),
  secondDerivative: (x) => (x > 0 ? 0 : alpha * Math.exp(x)),
  kinks: [0],
  homogeneous: false,
  closedForms: exponentialLinearForms({ slope: 1, alpha }),
  singleIntegrals: ['product', 'productDrop', 'derivativeProduct'],
  // eʸ − 1 = tanh(y/2) (eʸ + 1) keeps its digits near 0 in float32.
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => {
    const below = ops.scale(ops.relu(ops.scale(x, -1)), -1);
    const grown = ops.multiply(ops.tanh(ops.scale(below, 0.5)), ops.shift(ops.exp(below), 1));
    return ops.add(ops.relu(x), ops.scale(grown, alpha));
  },
});
