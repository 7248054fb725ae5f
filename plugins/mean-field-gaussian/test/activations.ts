/** Activations without closed forms, with and without kinks, for tests. */

import type { Activation } from '@meanfield/core';
import { erf, normalCdf } from '@meanfield/numerics';

function plain(parts: Pick<Activation, 'name' | 'phi' | 'derivative'> & Partial<Activation>): Activation {
  return { kinks: [], homogeneous: false, closedForms: {}, tensorForm: (x) => x, ...parts };
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const bell = (x: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x);

export const erfActivation: Activation = plain({
  name: 'erf',
  phi: erf,
  derivative: bell,
  secondDerivative: (x) => -2 * x * bell(x),
});

export const softplus: Activation = plain({
  name: 'softplus',
  phi: (x) => Math.log1p(Math.exp(-Math.abs(x))) + Math.max(x, 0),
  derivative: logistic,
  secondDerivative: (x) => logistic(x) * logistic(-x),
});

/** clip(x, −1, 1) + ¼: kinks off 0 and a mean that is not 0 */
export const shiftedHardTanh: Activation = plain({
  name: 'shifted-hard-tanh',
  phi: (x) => Math.max(-1, Math.min(1, x)) + 0.25,
  derivative: (x) => (Math.abs(x) < 1 ? 1 : 0),
  kinks: [-1, 1],
});

export const leakyRelu: Activation = plain({
  name: 'leaky-relu',
  phi: (x) => (x > 0 ? x : 0.2 * x),
  derivative: (x) => (x > 0 ? 1 : 0.2),
  kinks: [0],
  homogeneous: true,
});

/** A jump, which has no usable derivative */
export const step: Activation = plain({
  name: 'step',
  phi: (x) => (x > 0 ? 1 : 0),
  derivative: () => 0,
  kinks: [0],
});

export const square: Activation = plain({ name: 'square', phi: (x) => x * x, derivative: (x) => 2 * x });

export const gelu: Activation = plain({
  name: 'gelu',
  phi: (x) => x * normalCdf(x),
  derivative: (x) => normalCdf(x) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI),
});
