/** Training problems whose batches take several blocks of rows and whose layers have panels of both widths. */

import type { Activation, EnsembleSpec, Examples, Loss, NetworkParameters } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

const normals = (count: number, deviation: number, path: string): Float32Array => {
  const values = new Float32Array(count);
  createStream(7, path).fillNormal(values, deviation);
  return values;
};

export function drawParameters(sizes: readonly number[], name: string): NetworkParameters {
  return sizes.slice(1).map((fanOut, layer) => {
    const fanIn = sizes[layer]!;
    const path = `${name}/${layer}`;
    return {
      fanIn,
      fanOut,
      weights: normals(fanIn * fanOut, Math.sqrt(2 / fanIn), `${path}/weights`),
      bias: normals(fanOut, 0.1, `${path}/bias`),
    };
  });
}

export function drawExamples(sizes: readonly number[], loss: Loss, count: number): Examples {
  const outputs = sizes.at(-1)!;
  const inputs = normals(count * sizes[0]!, 1, 'inputs');
  if (loss === 'mse') {
    return { count, inputs, targets: { kind: 'values', values: normals(count * outputs, 1, 'targets') } };
  }
  const stream = createStream(7, 'labels');
  const labels = Int32Array.from({ length: count }, () => stream.integer(outputs));
  return { count, inputs, targets: { kind: 'labels', labels } };
}

export const ADAM = { name: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;

export const specOf = (
  sizes: readonly number[],
  activation: Activation,
  loss: Loss,
  networks = 1,
): EnsembleSpec => ({
  network: { sizes, activation, activateOutput: false },
  loss,
  optimizer: ADAM,
  initial: Array.from({ length: networks }, (_, network) => drawParameters(sizes, `network/${network}`)),
});
