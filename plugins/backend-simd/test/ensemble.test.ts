/** What holds beside the numbers: threads, builds, divergence, refusals. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, Ensemble, EnsembleSpec, StepPlan } from '@meanfield/core';
import type { BuildName } from '@meanfield/dense-engine';
import { createStream } from '@meanfield/numerics';
import { expect, it, vi } from 'vitest';

import simd from '../src/index.js';
import { BUILDS_HERE } from './builds.js';
import { drawExamples, specOf } from './problem.js';

const SIZES = [9, 40, 3];
const NETWORKS = 3;

function planOf(spec: EnsembleSpec, seed: number): StepPlan {
  const examples = drawExamples(spec.network.sizes, spec.loss, 400);
  const rows = spec.initial.map((_, network) => {
    const stream = createStream(seed, `rows/${network}`);
    return Uint32Array.from({ length: 500 }, () => stream.integer(examples.count));
  });
  return { examples, batchSize: 150, rows };
}

/** All that an ensemble says, in text: bits that differ, differ there. */
async function history(ensemble: Ensemble, spec: EnsembleSpec): Promise<string> {
  const plan = planOf(spec, 1);
  const losses = [await ensemble.steps!(plan), await ensemble.steps!({ ...planOf(spec, 2), ...plan })];
  const batch = drawExamples(spec.network.sizes, spec.loss, 31);
  losses.push([await ensemble.step(spec.initial.map(() => batch))]);
  const found: unknown[] = [losses.map((steps) => steps.map((own) => [...own]))];
  found.push(await ensemble.evaluate(plan.examples), await ensemble.evaluate(batch));
  for (let network = 0; network < NETWORKS; network++) {
    found.push([...(await ensemble.snapshot(network))].join());
    found.push((await ensemble.gradients(network, batch)).map(({ weights }) => [...weights]));
    found.push((await ensemble.forward(network, batch.inputs, batch.count)).map((h) => [...h]));
  }
  await ensemble.close();
  return JSON.stringify(found);
}

it('has results that do not depend on the number of threads', async () => {
  const spec = specOf(SIZES, tanh.create(), 'softmax-cross-entropy', NETWORKS);
  const alone = await history(await simd.create({ threads: 1 }).open(spec), spec);
  for (const threads of [2, 8]) {
    expect((await history(await simd.create({ threads }).open(spec), spec)) === alone).toBe(true);
  }
});

it('works in the calling thread where there is no Node, as in browsers', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse', 2);
  const builtins = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);
  const backend = simd.create();
  expect(backend.capabilities.threads).toBe(1);
  const ensemble = await simd.create({ threads: 2 }).open(spec);
  await ensemble.steps!(planOf(spec, 1));
  expect(ensemble.liveBuffers()).toBe(1);
  await ensemble.close();
  builtins.mockRestore();
});

it('keeps one training set for all threads, and none but the last', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse', 2);
  const ensemble = await simd.create({ threads: 2 }).open(spec);
  expect(ensemble.liveBuffers()).toBe(2);
  for (const seed of [1, 1, 2]) await ensemble.steps!(planOf(spec, seed));
  expect(ensemble.liveBuffers()).toBe(3);
  await ensemble.close();
});

it('reads a training set in shared memory where it is', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse', 2);
  const plan = planOf(spec, 1);
  const shared = new Float32Array(new SharedArrayBuffer(plan.examples.inputs.byteLength));
  shared.set(plan.examples.inputs);
  const ensemble = await simd.create({ threads: 2 }).open(spec);
  const examples = { ...plan.examples, inputs: shared };
  const [before] = await ensemble.steps!({ ...plan, examples });
  shared.fill(0);
  const [after] = await ensemble.steps!({ ...plan, examples });
  await ensemble.close();
  const fresh = await simd.create({ threads: 1 }).open(spec);
  const [expected] = await fresh.steps!(plan);
  const zeros = { ...examples, inputs: new Float32Array(shared.length) };
  const [expectedAfter] = await fresh.steps!({ ...plan, examples: zeros });
  await fresh.close();
  expect([before, after]).toEqual([expected, expectedAfter]);
});

it('returns losses that are no numbers where training diverges, for that network alone', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse', 2);
  const wild = spec.initial[0]!.map((layer) => ({ ...layer, weights: layer.weights.map((w) => w * 1e19) }));
  const ensemble = await simd.create({ threads: 2 }).open({ ...spec, initial: [wild, spec.initial[1]!] });
  const [diverged, other] = await ensemble.steps!(planOf(spec, 1));
  expect([...diverged!].slice(1).some(Number.isFinite)).toBe(false);
  expect([...other!].every(Number.isFinite)).toBe(true);
  await ensemble.close();
});

it('does not go on from a snapshot of the other build, whose bits differ', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse');
  const plain = await simd.create({ build: 'simd' }).open(spec);
  const snapshot = await plain.snapshot(0);
  await plain.close();
  const resumed = simd.create({ build: 'relaxed' }).open({ ...spec, resume: [snapshot] });
  await expect(resumed).rejects.toThrow(
    /snapshot of backend "simd, build relaxed", found "simd, build simd"/,
  );
});

it('joins operations in the versions of V8 that it was tested on, and nowhere else', () => {
  const tested = process.arch === 'x64' && /^(13\.6|14\.6)\./.test(process.versions.v8);
  expect(BUILDS_HERE.includes('paired')).toBe(tested);
});

it.runIf(BUILDS_HERE.includes('paired'))('has the bits of the relaxed build where it is paired', async () => {
  for (const activation of [relu.create(), tanh.create()]) {
    const spec = specOf([30, 100, 43, 100, 3], activation, 'softmax-cross-entropy', NETWORKS);
    const open = (build: BuildName, threads: number, resume?: readonly Uint8Array[]) =>
      simd.create({ build, threads }).open(resume === undefined ? spec : { ...spec, resume });
    const relaxed = await history(await open('relaxed', 1), spec);
    for (const threads of [1, 2]) {
      expect((await history(await open('paired', threads), spec)) === relaxed).toBe(true);
    }
    const paired = await open('paired', 2);
    await paired.steps!(planOf(spec, 3));
    const halves = await Promise.all(spec.initial.map((_, network) => paired.snapshot(network)));
    const rest = await history(await open('relaxed', 2, halves), spec);
    expect((await history(await open('paired', 1, halves), spec)) === rest).toBe(true);
    expect((await history(paired, spec)) === rest).toBe(true);
  }
});

it('says which build it has', async () => {
  for (const build of ['simd', 'relaxed'] as const) {
    const answer = await simd.create({ build }).availability();
    expect(JSON.stringify(answer)).toContain(`build ${build}`);
  }
  expect(await simd.create().availability()).toEqual(await simd.create({ build: 'relaxed' }).availability());
});

it('refuses activations that it does not have, and is closed twice without harm', async () => {
  const spec = specOf(SIZES, relu.create(), 'mse', 2);
  const sine: Activation = { ...relu.create(), name: 'sin', tensorForm: (x, ops) => ops.sin(x) };
  const opened = simd.create().open({ ...spec, network: { ...spec.network, activation: sine } });
  await expect(opened).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  const ensemble = await simd.create({ threads: 2 }).open(spec);
  await ensemble.close();
  await ensemble.close();
});
