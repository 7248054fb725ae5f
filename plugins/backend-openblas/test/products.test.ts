/** What describeBackend does not reach: batches of several blocks, layers wider than a product without packing, threads. */

import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import type { Activation, EnsembleSpec, Examples, Loss, NetworkParameters } from '@meanfield/core';
import { referenceGradients } from '@meanfield/networks';
import { createStream } from '@meanfield/numerics';
import { expect, it } from 'vitest';

import openBlas from '../src/index.js';
import { whereThereIsOpenBlas } from './here.js';

const normals = (count: number, deviation: number, path: string): Float32Array => {
  const values = new Float32Array(count);
  createStream(11, path).fillNormal(values, deviation);
  return values;
};

const parametersOf = (sizes: readonly number[], network: number): NetworkParameters =>
  sizes.slice(1).map((fanOut, layer) => {
    const fanIn = sizes[layer]!;
    const weights = normals(fanIn * fanOut, Math.sqrt(2 / fanIn), `${network}/${layer}/weights`);
    return { fanIn, fanOut, weights, bias: normals(fanOut, 0.1, `${network}/${layer}/bias`) };
  });

const specOf = (
  sizes: readonly number[],
  activation: Activation,
  loss: Loss,
  networks = 1,
): EnsembleSpec => ({
  network: { sizes, activation, activateOutput: false },
  loss,
  optimizer: { name: 'adam', learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  initial: Array.from({ length: networks }, (_, network) => parametersOf(sizes, network)),
});

function examplesOf({ network: { sizes }, loss }: EnsembleSpec, count: number): Examples {
  const inputs = normals(count * sizes[0]!, 1, 'inputs');
  const outputs = sizes.at(-1)!;
  if (loss === 'mse')
    return { count, inputs, targets: { kind: 'values', values: normals(count * outputs, 1, 'targets') } };
  const stream = createStream(11, 'labels');
  const labels = Int32Array.from({ length: count }, () => stream.integer(outputs));
  return { count, inputs, targets: { kind: 'labels', labels } };
}

/** Largest ‖found − expected‖/‖expected‖ of any array of the gradient. */
async function deviation(spec: EnsembleSpec, count: number): Promise<number> {
  const examples = examplesOf(spec, count);
  const layers = spec.initial[0]!.map((layer) => ({
    ...layer,
    weights: Float64Array.from(layer.weights),
    bias: Float64Array.from(layer.bias),
  }));
  const { gradients } = referenceGradients({ ...spec.network, layers }, examples);
  const ensemble = await openBlas.create({ threads: 1 }).open(spec);
  const found = await ensemble.gradients(0, examples);
  await ensemble.close();
  const sizes = found.flatMap(({ weights, bias }, layer) =>
    [[weights, gradients[layer]!.weights] as const, [bias, gradients[layer]!.bias] as const].map(
      ([actual, expected]) =>
        Math.hypot(...expected.map((value, index) => value - actual[index]!)) / Math.hypot(...expected),
    ),
  );
  return Math.max(...sizes);
}

const CASES: readonly (readonly [string, readonly number[], Activation, Loss, number])[] = [
  ['three blocks and a row', [5, 30, 18, 3], relu.create(), 'mse', 301],
  ['a smooth activation, one block exactly', [5, 30, 18, 3], gelu.create(), 'softmax-cross-entropy', 100],
  ['a slope above 1, one row', [4, 9, 1], leakyRelu.create({ negativeSlope: 1.5 }), 'mse', 1],
  ['sums in parts that do not divide', [331, 61, 4], relu.create(), 'mse', 230],
  ['layers too wide not to be packed', [70, 130, 128, 2], relu.create(), 'softmax-cross-entropy', 130],
];

whereThereIsOpenBlas(() => {
  it.each(CASES)('has the gradients of float64: %s', async (_, sizes, activation, loss, count) => {
    expect(await deviation(specOf(sizes, activation, loss), count)).toBeLessThan(1e-5);
  });

  it('has results that do not depend on the number of threads', async () => {
    const spec = specOf([7, 40, 33, 3], relu.create(), 'mse', 3);
    const examples = examplesOf(spec, 300);
    const rows = spec.initial.map((__, network) => {
      const stream = createStream(11, `rows/${network}`);
      return Uint32Array.from({ length: 600 }, () => stream.integer(examples.count));
    });
    const train = async (threads: number): Promise<readonly (readonly number[])[]> => {
      const ensemble = await openBlas.create({ threads }).open(spec);
      const losses = await ensemble.steps!({ examples, batchSize: 120, rows });
      const snapshots = await Promise.all([0, 1, 2].map((network) => ensemble.snapshot(network)));
      await ensemble.close();
      return [...losses, ...snapshots].map((each) => [...each]);
    };
    const alone = await train(1);
    expect(JSON.stringify(await train(2)) === JSON.stringify(alone)).toBe(true);
    expect(JSON.stringify(await train(3)) === JSON.stringify(alone)).toBe(true);
  });

  it('says which OpenBLAS, for which processor', async () => {
    const answer = await openBlas.create().availability();
    expect(answer.available && answer.versions['OpenBLAS']).toMatch(/^\d+\.\d+\.\d+ \w+$/);
  });
});
