/**
 * φ(x) = x, the activation of deep linear networks (`saxe2014`). Its Gaussian expectations are moments of the
 * signals themselves: E φ² = q, E φ(u1) φ(u2) = √(q1 q2) (1 − gap), drop √(q1 q2) gap, and φ' = 1.
 *
 * Domain: q ≥ 0, infinite too, gap in [0, 2].
 * Error: at most three roundings, √q1, √q2 and their product; q itself at q1 = q2 = q within those.
 */

import type { Activation, GaussianClosedForms } from '@meanfield/core';
import { homogeneousProduct } from '@meanfield/numerics';

const closedForms: Required<GaussianClosedForms> = {
  mean: () => 0,
  meanSquare: (q) => q,
  derivativeMean: () => 1,
  derivativeMeanSquare: () => 1,
  meanSquareSlope: () => 1,
  product: (q1, q2, gap) => homogeneousProduct(q1, q2, 1 - gap),
  productDrop: (q1, q2, gap) => homogeneousProduct(q1, q2, gap),
  derivativeProduct: () => 1,
};

/** φ(x) = x. */
export const linear: Activation = {
  name: 'linear',
  phi: (x) => x,
  derivative: () => 1,
  secondDerivative: () => 0,
  kinks: [],
  homogeneous: true,
  closedForms,
  tensorForm: <T>(x: T): T => x,
};
