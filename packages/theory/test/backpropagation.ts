/** Backpropagation through one network of finite width, with its weights formed. */

import type { Activation, Initializer, RandomStream } from '@meanfield/core';

export interface Layer {
  /** Row-major [fanIn, fanOut] */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

export function sampledLayers(
  initializer: Initializer,
  widths: readonly number[],
  stream: RandomStream,
): readonly Layer[] {
  return widths.slice(1).map((fanOut, index) => {
    const fanIn = widths[index]!;
    const layer = { weights: new Float64Array(fanIn * fanOut), bias: new Float64Array(fanOut) };
    initializer.sample({ fanIn, fanOut, ...layer }, stream.child('layer').child(index));
    return layer;
  });
}

/** Pre-activations of every layer; the last layer's are the output. */
export function preActivations(
  activation: Activation,
  layers: readonly Layer[],
  input: Float64Array,
): readonly Float64Array[] {
  let signals = input;
  return layers.map(({ weights, bias }) => {
    const h = bias.slice();
    signals.forEach((signal, i) => {
      for (let j = 0; j < h.length; j++) h[j]! += signal * weights[i * h.length + j]!;
    });
    signals = h.map((x) => activation.phi(x));
    return h;
  });
}

/** δ = ∂L/∂h of every layer, from that of the last. */
export function errors(
  activation: Activation,
  layers: readonly Layer[],
  hs: readonly Float64Array[],
  last: Float64Array,
): readonly Float64Array[] {
  const deltas = [last];
  for (let layer = layers.length - 1; layer > 0; layer--) {
    const { weights } = layers[layer]!;
    const above = deltas[0]!;
    deltas.unshift(
      hs[layer - 1]!.map((h, i) => {
        let sum = 0;
        for (let j = 0; j < above.length; j++) sum += weights[i * above.length + j]! * above[j]!;
        return activation.derivative(h) * sum;
      }),
    );
  }
  return deltas;
}

export const squares = (values: Float64Array): number => values.reduce((sum, x) => sum + x * x, 0);

/** ‖∂L/∂W‖²_F of a layer, ∂L/∂W_ij = s_i δ_j */
export const weightSquares = (signals: Float64Array, delta: Float64Array): number =>
  squares(signals) * squares(delta);
