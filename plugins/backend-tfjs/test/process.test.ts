/** What starting TensorFlow.js must not do to the process that it runs in. */

import relu from '@meanfield/activation-relu';
import { expect, it, vi } from 'vitest';

import tfjs from '../src/index.js';

const spec = {
  network: { sizes: [1, 1], activation: relu.create(), activateOutput: false },
  loss: 'mse',
  optimizer: { name: 'sgd', learningRate: 0.1, momentum: 0 },
  initial: [[{ fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0) }]],
} as const;
const batch = {
  count: 1,
  inputs: Float32Array.of(1),
  targets: { kind: 'values', values: Float32Array.of(0) },
} as const;

it('starts both engines at once, silently, and leaves no crash handlers', async () => {
  const writes = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  const streams = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  const handlers = () =>
    ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
  const before = handlers();
  const answers = await Promise.all(
    (['wasm', 'cpu'] as const).map((engine) => tfjs.create({ engine }).availability()),
  );
  for (const answer of answers) {
    expect(answer).toMatchObject({ available: true, versions: { '@tensorflow/tfjs-core': '4.22.0' } });
  }
  const ensemble = await tfjs.create({ engine: 'cpu' }).open(spec);
  // Loss 4, derivative by w 4: w = 2 − 0.1·4.
  expect(await ensemble.step([batch])).toEqual(Float64Array.of(4));
  expect((await ensemble.parameters(0))[0]!.weights[0]).toBeCloseTo(1.6, 6);
  await ensemble.close();
  for (const spy of [...writes, ...streams]) expect(spy).not.toHaveBeenCalled();
  expect(handlers()).toEqual(before);
  vi.restoreAllMocks();
});

it('leaves the engine and the tensors of another user of TensorFlow.js alone', async () => {
  const tf = await import('@tensorflow/tfjs-core');
  await tf.setBackend('cpu');
  const mine = tf.tensor1d([1, 2, 3]);
  const ensemble = await tfjs.create().open(spec);
  const other = await tfjs.create({ engine: 'cpu' }).open(spec);
  const losses = await Promise.all([ensemble.step([batch]), other.step([batch])]);
  expect(losses[0]).toEqual(losses[1]);
  expect(tf.getBackend()).toBe('cpu');
  expect(ensemble.liveBuffers()).toBe(1);
  expect([...tf.mul(mine, 2).dataSync()]).toEqual([2, 4, 6]);
  await ensemble.close();
  await other.close();
});

it('refuses numbers that are not finite, classes that are not there and targets of another kind', async () => {
  const backend = tfjs.create();
  const broken = [[{ ...spec.initial[0][0], weights: Float32Array.of(Number.NaN) }]];
  await expect(backend.open({ ...spec, initial: broken })).rejects.toThrow(
    /finite weights in layer 0 of network 0.*NaN/,
  );
  await expect(backend.open({ ...spec, network: { ...spec.network, sizes: [1] } })).rejects.toThrow(
    /two sizes/,
  );
  const ensemble = await backend.open({ ...spec, loss: 'softmax-cross-entropy' });
  await expect(ensemble.step([batch])).rejects.toThrow(/labels as the targets.*values/);
  const labelled = { ...batch, targets: { kind: 'labels', labels: Int32Array.of(1) } } as const;
  await expect(ensemble.step([labelled])).rejects.toThrow(/labels from 0 to 0.*1 in row 0/);
  await ensemble.close();
});
