/** Small networks with random parameters, and their outputs, sum by sum in float64. */

import type { Activation, DenseLayer } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import { createStream } from '@meanfield/numerics';

import type { DenseNetwork } from '../src/index.js';

export function randomNetwork(
  sizes: readonly number[],
  activation: Activation,
  ArrayType: Float32ArrayConstructor | Float64ArrayConstructor = Float32Array,
): DenseNetwork {
  const initializer = he.create({ biasVariance: 0.3 });
  const parameters = sizes.slice(1).map((fanOut, index): DenseLayer => {
    const fanIn = sizes[index]!;
    const layer = {
      fanIn,
      fanOut,
      weights: new ArrayType(fanIn * fanOut),
      bias: new ArrayType(fanOut),
    };
    initializer.sample(layer, createStream(3, `layer/${index}`));
    return layer;
  });
  return { parameters, activation };
}

export const inputsOf = (rows: number, size: number): number[][] => {
  const stream = createStream(4, 'inputs');
  return Array.from({ length: rows }, () =>
    Array.from({ length: size }, () => Math.fround(2 * stream.normal())),
  );
};

/** The outputs for one row of inputs. */
export function forward(
  { parameters, activation, activateOutput = false }: DenseNetwork,
  input: number[],
): number[] {
  return parameters.reduce((signal, { fanOut, weights, bias }, index) => {
    const activated = activateOutput || index < parameters.length - 1;
    return Array.from({ length: fanOut }, (_, unit) => {
      const h = signal.reduce((sum, s, from) => sum + s * weights[from * fanOut + unit]!, bias[unit]!);
      return activated ? activation.phi(h) : h;
    });
  }, input);
}
