/** Which backend `auto` is. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import {
  createLab,
  definePlugin,
  type Backend,
  type BackendCapabilities,
  type Ensemble,
  type Lab,
  type PluginDefinition,
} from '@meanfield/core';
import he from '@meanfield/initializer-he';
import rai from '@meanfield/initializer-rai';
import teacherStudent from '@meanfield/task-teacher-student';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  BackendSettler,
  createInProcessExecutor,
  experiments,
  openRun,
  parsePipeline,
  resolveCell,
  runCell,
  runPipeline,
} from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** Networks that learn nothing, each step of which takes so many milliseconds; `opened` counts. */
function idleBackend(
  name: string,
  pause: number,
  opened: string[],
  capabilities: Partial<BackendCapabilities> = {},
  available = true,
): PluginDefinition {
  const backend: Backend = {
    name,
    capabilities: {
      activations: 'any',
      losses: ['mse'],
      optimizers: ['sgd', 'adam'],
      dtype: 'float32',
      threads: 2,
      device: 'none',
      tolerance: 1,
      ...capabilities,
    },
    availability: () =>
      Promise.resolve(
        available
          ? { available, versions: {} }
          : { available, reason: `${name} is not installed; install it` },
      ),
    open: ({ initial }) => {
      opened.push(name);
      const losses = new Float64Array(initial.length).fill(1);
      const ensemble: Ensemble = {
        networks: initial.length,
        step: () => sleep(pause, losses),
        evaluate: () => Promise.resolve(initial.map(() => ({ loss: 1 }))),
        forward: () => Promise.resolve([]),
        gradients: () => Promise.resolve([]),
        parameters: () => Promise.resolve([]),
        snapshot: () => Promise.resolve(new Uint8Array()),
        liveBuffers: () => 0,
        close: () => Promise.resolve(),
      };
      return Promise.resolve(ensemble);
    },
  };
  return definePlugin({
    kind: 'backend',
    name,
    package: 'test',
    version: '1.0.0',
    summary: name,
    options: z.strictObject({ threads: z.int().optional() }),
    optionDocs: { threads: 'threads' },
    references: [],
    create: () => backend,
  });
}

const labOf = (...backends: readonly PluginDefinition[]): Lab =>
  createLab([...experiments, relu, tanh, he, rai, teacherStudent, ...backends] as PluginDefinition[]);

const options = {
  task: {
    name: 'teacher-student',
    options: { teacher: 'simple', examples: 32, validationExamples: 8, inputSize: 3, outputSize: 2 },
  },
  hiddenWidths: [4],
  batchSize: 8,
  networks: 3,
  steps: 3,
  evaluations: 2,
};
const request = { experiment: 'training', options, seed: 1 };

describe('BackendSettler', () => {
  it('takes the fastest, among those that have what is asked and start', async () => {
    const opened: string[] = [];
    const lab = labOf(
      idleBackend('slow', 20, opened),
      idleBackend('quick', 0, opened),
      idleBackend('double', 0, opened, { dtype: 'float64' }),
      idleBackend('tanh-only', 0, opened, { activations: ['tanh'] }),
      idleBackend('absent', 0, opened, {}, false),
    );
    const { request: settled, probed } = await new BackendSettler(lab).settle(request);
    expect(settled.options).toMatchObject({ ...options, backend: { name: 'quick', options: {} } });
    expect(probed.map(({ name, status }) => [name, status])).toEqual([
      ['slow', 'measured'],
      ['quick', 'measured'],
      ['tanh-only', 'unsupported'],
      ['absent', 'unavailable'],
    ]);
    expect(opened).toEqual(['slow', 'quick']);
    const { cell } = resolveCell(lab, settled);
    expect(cell.plugins.map(({ name }) => name)).toContain('quick');
    const outcome = await runCell(lab, cell, { report: () => undefined });
    expect(outcome).toMatchObject({ status: 'complete', result: { backend: 'quick' } });
  });

  it('measures a shape once, so that schemes are compared on one backend', async () => {
    const opened: string[] = [];
    const lab = labOf(idleBackend('one', 0, opened), idleBackend('two', 0, opened));
    const settler = new BackendSettler(lab);
    for (const initializer of ['he', 'rai'])
      await settler.settle({ ...request, options: { ...options, initializer } });
    expect(opened).toEqual(['one', 'two']);
    await settler.settle({ ...request, options: { ...options, activation: 'tanh' } });
    expect(opened).toEqual(['one', 'two', 'one', 'two']);
  });

  it('measures nothing where one alone will do', async () => {
    const opened: string[] = [];
    const lab = labOf(idleBackend('one', 0, opened), idleBackend('absent', 0, opened, {}, false));
    const { request: settled, probed } = await new BackendSettler(lab).settle(request);
    expect(settled.options).toMatchObject({ backend: { name: 'one', options: {} } });
    expect(probed.map(({ status }) => status)).toEqual(['only', 'unavailable']);
    expect(opened).toEqual([]);
  });

  it('leaves alone what names a backend, and hands options on: threads to all that have it, others select', async () => {
    const settler = new BackendSettler(labOf(idleBackend('one', 0, [])));
    const named = { ...request, options: { ...options, backend: 'one' } };
    expect(await settler.settle(named)).toEqual({ request: named, probed: [] });
    const theory = { experiment: 'theory', options: {}, seed: 1 };
    expect(await settler.settle(theory)).toEqual({ request: theory, probed: [] });
    const threads = { ...options, backend: { name: 'auto', options: { threads: 2 } } };
    const { request: settled } = await settler.settle({ ...request, options: threads });
    expect(settled.options).toMatchObject({ backend: { name: 'one', options: { threads: 2 } } });
    const wrong = { ...options, backend: { name: 'auto', options: { gpus: 2 } } };
    await expect(settler.settle({ ...request, options: wrong })).rejects.toThrow(/gpus/);
  });

  it('says why none will do', async () => {
    const only = idleBackend('tanh-only', 0, [], { activations: ['tanh'] });
    await expect(new BackendSettler(labOf(only)).settle(request)).rejects.toMatchObject({
      code: 'BACKEND_UNAVAILABLE',
      found: expect.stringContaining('no kernel for the activation relu') as string,
    });
  });

  it('is needed: a cell does not run with auto', async () => {
    const lab = labOf(idleBackend('one', 0, []));
    const { cell } = resolveCell(lab, request);
    const outcome = await runCell(lab, cell, { report: () => undefined });
    expect(outcome).toMatchObject({ status: 'failed', error: { code: 'CELL_FAILED' } });
  });
});

describe('runPipeline', () => {
  it('names the backend in the manifest, and keeps to it when the run goes on', async () => {
    const folder = temporaryFolder();
    const pipeline = parsePipeline(
      JSON.stringify({
        name: 'test',
        seed: 1,
        steps: [{ id: 'a', experiment: 'training', options, over: { initializer: ['he', 'rai'] } }],
      }),
      'the test',
    );
    const run = async (lab: Lab): ReturnType<typeof runPipeline> =>
      runPipeline({ pipeline, lab, folder, executor: createInProcessExecutor({ lab }) });
    const opened: string[] = [];
    await run(labOf(idleBackend('first', 0, opened), idleBackend('second', 20, opened)));
    const { manifest } = openRun(folder);
    for (const { options: resolved } of manifest.cells)
      expect(resolved['backend']).toEqual({ name: 'first', options: {} });
    opened.length = 0;
    const again = await run(labOf(idleBackend('first', 20, opened), idleBackend('second', 0, opened)));
    expect(again).toMatchObject({ reused: 2, complete: 0 });
    expect(opened).toEqual([]);
  });
});
