/**
 * Activations that vary on another length than 1. With ψ(x) = φ(ℓ x) and p = q/ℓ², E φ(√q z) = E ψ(√p z): everything is
 * integrated for ψ, whose length is 1, at p. d/dq = ℓ⁻² d/dp and φ' = ψ'/ℓ give the factors of the rest.
 */

import type { Activation, GaussianClosedForms } from '@meanfield/core';

/** The expectations of φ, by `integrate` for ψ. */
export function atUnitScale(
  activation: Activation,
  integrate: (unit: Activation) => Required<GaussianClosedForms>,
): Required<GaussianClosedForms> {
  const length = activation.scale ?? 1;
  if (length === 1) return integrate(activation);
  const square = length * length;
  const of = integrate(stretched(activation, length));
  return {
    mean: (q) => of.mean(q / square),
    meanSquare: (q) => of.meanSquare(q / square),
    derivativeMean: (q) => of.derivativeMean(q / square) / length,
    derivativeMeanSquare: (q) => of.derivativeMeanSquare(q / square) / square,
    meanSquareSlope: (q) => of.meanSquareSlope(q / square) / square,
    product: (q1, q2, gap) => of.product(q1 / square, q2 / square, gap),
    productDrop: (q1, q2, gap) => of.productDrop(q1 / square, q2 / square, gap),
    derivativeProduct: (q1, q2, gap) => of.derivativeProduct(q1 / square, q2 / square, gap) / square,
  };
}

/** ψ(x) = φ(length x) */
function stretched(activation: Activation, length: number): Activation {
  const { name, kinks, homogeneous } = activation;
  const second = activation.secondDerivative?.bind(activation);
  return {
    name,
    phi: (x) => activation.phi(length * x),
    derivative: (x) => length * activation.derivative(length * x),
    ...(second && { secondDerivative: (x) => length * length * second(length * x) }),
    kinks: kinks.map((kink) => kink / length),
    homogeneous,
    closedForms: {},
    tensorForm: (x, ops) => activation.tensorForm(ops.scale(x, length), ops),
  };
}
