/**
 * Hard tanh, φ(x) = min(max(x, −1), 1) (`collobert2004`), with φ' the indicator of (−1, 1) and φ'' = δ(x+1) − δ(x−1).
 */

import type { Activation, TensorOps } from '@meanfield/core';

import { closedForms } from './expectations.js';

/** φ'(±1) is 0. */
export const hardTanh: Activation = {
  name: 'hard-tanh',
  phi: (x) => Math.min(Math.max(x, -1), 1),
  derivative: (x) => (x > -1 && x < 1 ? 1 : 0),
  secondDerivative: () => 0,
  kinks: [-1, 1],
  homogeneous: false,
  closedForms,
  singleIntegrals: ['product', 'productDrop', 'derivativeProduct'],
  tensorForm: <T>(x: T, ops: TensorOps<T>): T => ops.clip(x, -1, 1),
};
