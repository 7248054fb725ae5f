/** `doctor --probe` on backends whose speed is known: the first-party ones take too long to measure here. */

import he from '@meanfield/initializer-he';
import relu from '@meanfield/activation-relu';
import {
  createLab,
  definePlugin,
  MeanfieldError,
  type Backend,
  type Ensemble,
  type EnsembleSpec,
  type PluginDefinition,
} from '@meanfield/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { meanfield, meanfieldJson } from './run.js';

const NETWORKS = 3;
const STEP_MILLISECONDS = 25;
/** What was asked of backends: networks opened, examples a step, closings */
const asked: { networks: number[]; sizes: number[][]; batches: Set<number>; closed: number } = {
  networks: [],
  sizes: [],
  batches: new Set(),
  closed: 0,
};

/** Takes at least the time above for each step of all networks. */
function steady({ initial, network }: EnsembleSpec): Ensemble {
  asked.networks.push(initial.length);
  asked.sizes.push([...network.sizes]);
  const notAsked = (): never => {
    throw new Error('a probe makes steps alone');
  };
  return {
    networks: initial.length,
    step: async (batches) => {
      for (const { count } of batches) asked.batches.add(count);
      await sleep(STEP_MILLISECONDS + 1);
      return new Float64Array(initial.length);
    },
    evaluate: notAsked,
    forward: notAsked,
    gradients: notAsked,
    parameters: notAsked,
    snapshot: notAsked,
    liveBuffers: () => 0,
    close: () => {
      asked.closed++;
      return Promise.resolve();
    },
  };
}

const refuse = (): never => {
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'smaller networks',
    found: 'ten layers',
    remedy: 'take fewer',
  });
};

function backend(name: string, open: Backend['open'], reason?: string): PluginDefinition<'backend', object> {
  return definePlugin({
    kind: 'backend',
    name,
    package: `example-${name}`,
    version: '1.0.0',
    summary: 'for tests',
    options: z.strictObject({}),
    optionDocs: {},
    references: [],
    create: () => ({
      name,
      capabilities: {
        activations: 'any',
        losses: ['mse'],
        optimizers: ['adam'],
        dtype: 'float32',
        threads: NETWORKS,
        device: 'none',
        tolerance: 1,
      },
      availability: () =>
        Promise.resolve(
          reason === undefined
            ? { available: true, versions: { [name]: '1' } }
            : { available: false, reason },
        ),
      open,
    }),
  });
}

vi.mock('../src/composition.js', () => ({
  composeLab: () =>
    createLab([
      relu,
      he,
      backend('steady', (spec) => Promise.resolve(steady(spec))),
      backend('refusing', async () => refuse()),
      backend('absent', async () => refuse(), 'Expected a library, found none; install it.'),
    ]),
}));

beforeEach(() => {
  Object.assign(asked, { networks: [], sizes: [], batches: new Set(), closed: 0 });
});

it('measures what starts, on ten hidden layers of 100, and leaves the rest without a number', async () => {
  const found = await meanfieldJson('doctor', '--probe');
  const backends = found['backends'] as { name: string; available: boolean; stepsPerSecond: number | null }[];
  const [measured, ...others] = backends;
  expect(measured).toMatchObject({ name: 'steady', available: true });
  expect(measured!.stepsPerSecond).toBeGreaterThan(0);
  expect(measured!.stepsPerSecond).toBeLessThanOrEqual((1000 * NETWORKS) / STEP_MILLISECONDS);
  expect(others).toMatchObject([
    { name: 'refusing', available: true, stepsPerSecond: null },
    {
      name: 'absent',
      available: false,
      stepsPerSecond: null,
      reason: expect.stringContaining('install') as string,
    },
  ]);
  expect(asked.networks).toEqual([NETWORKS]);
  expect(asked.sizes).toEqual([new Array(12).fill(100)]);
  expect(Math.max(...asked.batches)).toBe(1000);
  expect(asked.closed).toBe(1);
});

it('opens nothing without --probe, and has no column for speeds', async () => {
  const { code, stdout } = await meanfield('doctor');
  expect(code).toBe(0);
  expect(stdout).not.toContain('network-steps/s');
  expect(asked.networks).toEqual([]);
  for (const each of (await meanfieldJson('doctor'))['backends'] as object[]) {
    expect(each).not.toHaveProperty('stepsPerSecond');
  }
});

it('shows speeds beside names in its table', async () => {
  const { stdout } = await meanfield('doctor', '--probe');
  expect(stdout).toMatch(/^backend +options +starts +network-steps\/s +versions/m);
  expect(stdout).toMatch(/^steady +\{\} +yes +\d+(\.\d+)? +steady 1$/m);
  expect(stdout).toMatch(/^absent +\{\} +no +– +Expected a library/m);
});
