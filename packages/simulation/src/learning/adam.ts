/** Adam (Kingma & Ba 2015), with bias correction, on the weights and biases of a formed network. */

import type { OptimizerSpec } from '@meanfield/core';

import type { FormedLayer, FormedNetwork } from '../jacobian/formed-network.js';

export type AdamOptions = Omit<Extract<OptimizerSpec, { name: 'adam' }>, 'name'>;

/** Running means of a parameter array's gradients and of their squares */
interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** Changes the network's parameters by one step along gradients in their shape. */
export type AdamStep = (gradients: ReadonlyMap<number, FormedLayer>) => void;

export function adam({ layers }: FormedNetwork, options: AdamOptions): AdamStep {
  const { learningRate, beta1, beta2, epsilon } = options;
  const moments = new Map<Float64Array, Moments>();
  let steps = 0;
  const update = (parameters: Float64Array, gradient: Float64Array): void => {
    let found = moments.get(parameters);
    if (found === undefined) {
      found = { first: new Float64Array(gradient.length), second: new Float64Array(gradient.length) };
      moments.set(parameters, found);
    }
    const { first, second } = found;
    const rate = (learningRate * Math.sqrt(1 - beta2 ** steps)) / (1 - beta1 ** steps);
    const floor = epsilon * Math.sqrt(1 - beta2 ** steps);
    for (let i = 0; i < gradient.length; i++) {
      const g = gradient[i]!;
      const m = (first[i] = beta1 * first[i]! + (1 - beta1) * g);
      const v = (second[i] = beta2 * second[i]! + (1 - beta2) * g * g);
      parameters[i]! -= (rate * m) / (Math.sqrt(v) + floor);
    }
  };
  return (gradients) => {
    steps++;
    for (const [layer, gradient] of gradients) {
      const { weights, bias } = layers.get(layer)!;
      update(weights, gradient.weights);
      update(bias, gradient.bias);
    }
  };
}
