/** Parameters of a network between the caller's rows and the places of a thread's memory. */

import type { NetworkParameters } from '@meanfield/core';

import type { LayerShape, NetworkShape } from './arithmetic.js';

function eachWeight(
  { fanIn, fanOut, columnPlace }: LayerShape,
  visit: (inRows: number, inMemory: number) => void,
): void {
  for (let column = 0; column < fanOut; column++) {
    const [start, step] = columnPlace(column);
    for (let row = 0; row < fanIn; row++) visit(row * fanOut + column, start + row * step);
  }
}

/** Overwrites `numbers`, of at least `shape.length` zeros. */
export function toMemory(shape: NetworkShape, parameters: NetworkParameters, numbers: Float32Array): void {
  shape.layers.forEach((layer, index) => {
    const { weights, bias } = parameters[index]!;
    eachWeight(layer, (inRows, inMemory) => (numbers[inMemory] = weights[inRows]!));
    numbers.set(bias, layer.bias);
  });
}

/** Parameters and moments of a network, laid out anew where the shapes are not the same. */
export function relaid(from: NetworkShape, to: NetworkShape, numbers: Float32Array): Float32Array {
  if (from === to) return numbers;
  const parts = numbers.length / from.length;
  const found = new Float32Array(parts * to.length);
  for (let part = 0; part < parts; part++) {
    const parameters = fromMemory(from, numbers.subarray(part * from.length, (part + 1) * from.length));
    toMemory(to, parameters, found.subarray(part * to.length, (part + 1) * to.length));
  }
  return found;
}

/** Copies. */
export function fromMemory(shape: NetworkShape, numbers: Float32Array): NetworkParameters {
  return shape.layers.map((layer) => {
    const { fanIn, fanOut, bias } = layer;
    const weights = new Float32Array(fanIn * fanOut);
    eachWeight(layer, (inRows, inMemory) => (weights[inRows] = numbers[inMemory]!));
    return { fanIn, fanOut, weights, bias: numbers.slice(bias, bias + fanOut) };
  });
}
