/** Parameters of a network between the caller's arrays and the places of a thread's memory. */

import type { NetworkParameters } from '@meanfield/core';

import type { NetworkShape } from './shape.js';

/** Overwrites `numbers`, of at least `shape.length` zeros. */
export function toMemory(shape: NetworkShape, parameters: NetworkParameters, numbers: Float32Array): void {
  shape.layers.forEach((layer, index) => {
    const { fanIn, fanOut, stride } = layer;
    const { weights, bias } = parameters[index]!;
    for (let row = 0; row < fanIn; row++)
      numbers.set(weights.subarray(row * fanOut, (row + 1) * fanOut), layer.weights + row * stride);
    numbers.set(bias, layer.bias);
  });
}

/** Copies. */
export function fromMemory(shape: NetworkShape, numbers: Float32Array): NetworkParameters {
  return shape.layers.map((layer) => {
    const { fanIn, fanOut, stride, bias } = layer;
    const weights = new Float32Array(fanIn * fanOut);
    for (let row = 0; row < fanIn; row++) {
      const start = layer.weights + row * stride;
      weights.set(numbers.subarray(start, start + fanOut), row * fanOut);
    }
    return { fanIn, fanOut, weights, bias: numbers.slice(bias, bias + fanOut) };
  });
}

/** Parameters and moments of a network, laid out anew. */
export function relaid(from: NetworkShape, to: NetworkShape, numbers: Float32Array): Float32Array {
  const parts = numbers.length / from.length;
  const found = new Float32Array(parts * to.length);
  for (let part = 0; part < parts; part++) {
    const parameters = fromMemory(from, numbers.subarray(part * from.length, (part + 1) * from.length));
    toMemory(to, parameters, found.subarray(part * to.length, (part + 1) * to.length));
  }
  return found;
}
