/** Networks on threads: the same bits as in the calling thread, and what holds beside the numbers. */

import relu from '@meanfield/activation-relu';
import silu from '@meanfield/activation-silu';
import type { Activation, Ensemble, EnsembleSpec, Examples } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';

import tfjs from '../src/index.js';

const SIZES = [6, 12, 3];
const NETWORKS = 3;
afterEach(() => vi.unstubAllEnvs());

const stream = createStream(5, 'threads');
const normals = (count: number): Float32Array => {
  const values = new Float32Array(count);
  stream.fillNormal(values, 1);
  return values;
};
const examples: Examples = {
  count: 50,
  inputs: normals(50 * SIZES[0]!),
  targets: { kind: 'labels', labels: Int32Array.from({ length: 50 }, () => stream.integer(3)) },
};
const specOf = (activation: Activation): EnsembleSpec => ({
  network: { sizes: SIZES, activation, activateOutput: false },
  loss: 'softmax-cross-entropy',
  optimizer: { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  initial: Array.from({ length: NETWORKS }, () =>
    SIZES.slice(1).map((fanOut, layer) => {
      const fanIn = SIZES[layer]!;
      return { fanIn, fanOut, weights: normals(fanIn * fanOut), bias: normals(fanOut) };
    }),
  ),
});
const rows = Array.from({ length: NETWORKS }, () =>
  Uint32Array.from({ length: 45 }, () => stream.integer(examples.count)),
);
const batchSize = 20;

/** Some steps, in one call where the ensemble has that. */
async function train(ensemble: Ensemble): Promise<number[][]> {
  const inOneCall = await ensemble.steps?.({ examples, batchSize, rows });
  if (inOneCall !== undefined) return inOneCall.map((losses) => [...losses]);
  const losses = rows.map((): number[] => []);
  for (let start = 0; start < rows[0]!.length; start += batchSize) {
    const batches = rows.map((own): Examples => {
      const picked = [...own.subarray(start, start + batchSize)];
      const labels = (examples.targets as { readonly labels: Int32Array }).labels;
      return {
        count: picked.length,
        inputs: Float32Array.from(
          picked.flatMap((row) => [...examples.inputs.subarray(6 * row, 6 * row + 6)]),
        ),
        targets: { kind: 'labels', labels: Int32Array.from(picked, (row) => labels[row]!) },
      };
    });
    (await ensemble.step(batches)).forEach((loss, network) => losses[network]!.push(loss));
  }
  return losses;
}

async function history(ensemble: Ensemble): Promise<string> {
  const found: unknown[] = [await train(ensemble), await ensemble.evaluate(examples)];
  found.push([...(await ensemble.step(rows.map(() => examples)))]);
  for (let network = 0; network < NETWORKS; network++) {
    found.push([...(await ensemble.snapshot(network))].join());
    found.push((await ensemble.gradients(network, examples)).map(({ weights }) => [...weights]));
    found.push((await ensemble.forward(network, examples.inputs, examples.count)).map((h) => [...h]));
    found.push((await ensemble.parameters(network)).map(({ bias }) => [...bias]));
  }
  await ensemble.close();
  return JSON.stringify(found);
}

it('has the bits of one thread', async () => {
  // Several operations, with numbers among their arguments
  const spec = specOf(silu.create({ beta: 2 }));
  const alone = await history(await tfjs.create({ engine: 'cpu' }).open(spec));
  expect((await history(await tfjs.create({ engine: 'cpu', threads: 2 }).open(spec))) === alone).toBe(true);
});

it('leaves their number to the run where its options do not say it', () => {
  const threadsOf = (given: string, threads?: number): number => {
    vi.stubEnv('MEANFIELD_THREADS', given);
    return tfjs.create(threads === undefined ? {} : { threads }).capabilities.threads;
  };
  expect([threadsOf(''), threadsOf('1'), threadsOf('1000'), threadsOf('1', 3)]).toEqual([
    1,
    1,
    availableParallelism(),
    3,
  ]);
});

it('goes on from snapshots, keeps no more tensors than it had, and refuses what does not fit', async () => {
  const spec = specOf(relu.create());
  const backend = tfjs.create({ engine: 'cpu', threads: 2 });
  expect(backend.capabilities.threads).toBe(2);
  const first = await backend.open(spec);
  const buffers = first.liveBuffers();
  await train(first);
  const resume = await Promise.all(rows.map((_, network) => first.snapshot(network)));
  expect(first.liveBuffers()).toBe(buffers);
  const expected = await train(first);
  await first.close();
  await first.close();
  await expect(first.parameters(0)).rejects.toThrow(/closed/);
  const second = await backend.open({ ...spec, resume });
  expect(await train(second)).toEqual(expected);
  await second.close();
  const other = backend.open({ ...spec, resume: resume.map((bytes) => bytes.slice(0, 40)) });
  await expect(other).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
});
