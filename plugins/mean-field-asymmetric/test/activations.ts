/** Homogeneous activations without closed forms, for tests. */

import type { Activation } from '@meanfield/core';

export function twoSlopes(name: string, right: number, left: number): Activation {
  return {
    name,
    phi: (x) => (x > 0 ? right * x : left * x),
    derivative: (x) => (x > 0 ? right : left),
    kinks: [0],
    homogeneous: true,
    closedForms: {},
    tensorForm: (x) => x,
  };
}

export const leakyRelu: Activation = twoSlopes('leaky-relu', 1, 0.2);

export const erfLike: Activation = {
  ...twoSlopes('bent', 1, 1),
  homogeneous: false,
  phi: Math.tanh,
  derivative: (x) => 1 - Math.tanh(x) ** 2,
  kinks: [],
};
