/**
 * The scaled exponential linear unit of `klambauer2017` eq. 2, φ(x) = λ x for x > 0, λ α (eˣ − 1) for x ≤ 0.
 *
 * λ and α are those for which a standard normal pre-activation gives E φ = 0 and E φ² = 1 (`klambauer2017` eq. 14):
 *
 *   α = √(2/π)/(1 − e^{1/2} erfc(1/√2)),
 *   λ = √(2π) (1 − t)/√(2 e² erfc(√2) + π t² − 2 (2 + π) t + π + 2),  t = e^{1/2} erfc(1/√2).
 *
 * 0 is the only kink; φ'(0) is λα, the slope from below. Gaussian expectations as those of ELU, by numerics'
 * `exponentialLinearForms`.
 * Measured maximum error at 35 pairs and 7 lengths (q from 1e-8 to 1e5, gaps from 1e-14 to 2) against 45-digit values
 * with 40 digits of λ and α (test/fixtures): product 3.4e-16 and
 * derivativeProduct 3.2e-16 of their Cauchy–Schwarz bounds, mean 1.3e-16 of √E φ², the others 2.7e-16 relative.
 */

import type { Activation, TensorOps } from '@meanfield/core';
import { exponentialLinearForms } from '@meanfield/numerics';

/** λ, correctly rounded */
export const SLOPE = 1.0507009873554805;
/** α, correctly rounded */
export const ALPHA = 1.6732632423543772;

export const selu: Activation = {
  name: 'selu',
  phi: (x) => SLOPE * (x > 0 ? x : ALPHA * Math.expm1(x)),
  derivative: (x) => SLOPE * (x > 0 ? 1 : ALPHA * Math.exp(x)),
  secondDerivative: (x) => (x > 0 ? 0 : SLOPE * ALPHA * Math.exp(x)),
  kinks: [0],
  homogeneous: false,
  closedForms: exponentialLinearForms({ slope: SLOPE, alpha: ALPHA }),
  singleIntegrals: ['product', 'productDrop', 'derivativeProduct'],
  // eʸ − 1 = tanh(y/2) (eʸ + 1) keeps its digits near 0 in float32.
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => {
    const below = ops.scale(ops.relu(ops.scale(x, -1)), -1);
    const grown = ops.multiply(ops.tanh(ops.scale(below, 0.5)), ops.shift(ops.exp(below), 1));
    return ops.add(ops.scale(ops.relu(x), SLOPE), ops.scale(grown, SLOPE * ALPHA));
  },
};
