/** Experiments on normalised networks: bounds of depth, smallest correlations, full and skimmed networks in training. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import {
  createLab,
  definePlugin,
  type Activation,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { experiments, resolveCell, runCell } from '../src/index.js';
import { failureOf } from './temporary-folder.js';

const identity: Activation = {
  name: 'linear',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
  homogeneous: true,
  closedForms: {},
  tensorForm: (x) => x,
};

const named = (kind: 'activation' | 'task', name: string, made: unknown): PluginDefinition =>
  definePlugin({
    kind,
    name,
    package: 'test',
    version: '1.0.0',
    summary: name,
    options: z.strictObject({}),
    optionDocs: {},
    references: [],
    create: () => made,
  } as never);

const CLASSES = 3;
/** Each class has its own bright inputs. */
const examples = (count: number, offset: number): object => ({
  count,
  inputs: Float32Array.from({ length: 6 * count }, (_, at) => {
    const [row, i] = [Math.floor(at / 6) + offset, at % 6];
    return (i % CLASSES === row % CLASSES ? 1 : 0.1) + 0.05 * Math.sin(7 * row + 3 * i);
  }),
  targets: {
    kind: 'labels',
    labels: Int32Array.from({ length: count }, (_, row) => (row + offset) % CLASSES),
  },
});
const task = {
  name: 'bars',
  inputSize: 6,
  outputSize: CLASSES,
  loss: 'softmax-cross-entropy',
  metric: 'accuracy',
  defaults: { batchSize: 8, hiddenWidths: [] },
  remarks: [],
  load: () => Promise.resolve({ train: examples(60, 0), validation: examples(30, 100) }),
};
const lab = createLab([
  ...experiments,
  ...[relu, tanh, he, aci].map((each) => each as PluginDefinition),
  named('activation', 'linear', identity),
  named('task', 'bars', task),
]);

async function resultOf(experiment: string, options: object): Promise<JsonObject> {
  const { cell } = resolveCell(lab, { experiment, options, seed: 3 });
  const outcome = await runCell(lab, cell, { report: () => undefined });
  if (outcome.status === 'failed') throw new Error(outcome.error.message);
  return outcome.result;
}

interface Bounds {
  readonly regime: string;
  readonly layers: readonly { readonly gap: number; readonly gapBound: number | string }[];
  readonly outputs: readonly { readonly gap: number; readonly output: number; readonly bound: number }[];
}

describe('depth-bounds', () => {
  it('has the correlations of critical ReLU layers behind a linear one, above the bound of remark 2', async () => {
    const found = (await resultOf('depth-bounds', {
      depth: 30,
      gaps: [0, 0.01, 0.5, 1],
    })) as unknown as Bounds;
    expect(found.regime).toBe('critical');
    // 𝔠[relu|0]/‖relu‖² = (1/2π)/(1/2)
    expect(found.layers.slice(0, 2).map(({ gap }) => gap)).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(1 - 1 / Math.PI, 12),
    ]);
    // Eq. 4.1 for the 29 layers that have the activation
    const expected = Math.sqrt((16 * Math.PI) / (Math.PI - 2) / 29);
    expect(found.layers.at(-1)?.gapBound).toBeCloseTo(expected, 10);
    expect(Number(found.layers[0]?.gapBound)).toBeGreaterThan(1e12);
    for (const { output, bound } of found.outputs) expect(output).toBeGreaterThanOrEqual(bound);
    expect(found.outputs[0]?.output).toBe(0);
  });

  it('refuses rows that are correlated', () => {
    const request = { experiment: 'depth-bounds', options: { initializer: 'aci' }, seed: 1 };
    expect(failureOf(() => resolveCell(lab, request)).code).toBe('UNSUPPORTED');
  });
});

describe('smallest-correlation', () => {
  it('finds wider pairs than it begins with', async () => {
    const { depths } = (await resultOf('smallest-correlation', {
      width: 20,
      depths: [1, 4],
      networks: 2,
    })) as unknown as { depths: { depth: number; gap: number; startGap: number; settled: number }[] };
    expect(depths.map(({ depth, settled }) => [depth, settled])).toEqual([
      [1, 2],
      [4, 2],
    ]);
    // Opposite inputs are opposite behind a linear layer.
    expect(depths[0]?.gap).toBeCloseTo(2, 10);
    expect(depths[1]?.gap).toBeGreaterThan(1.2 * (depths[1]?.startGap ?? 0));
  });
});

describe('skimmed-training', () => {
  const options = {
    task: 'bars',
    activations: ['relu', 'tanh'],
    depth: 8,
    before: 3,
    block: 2,
    width: 10,
    batchSize: 8,
    steps: 60,
    optimizer: { learningRate: 3e-3 },
    evaluationRows: 30,
  };

  it('trains both networks, and says by layer how alike', async () => {
    const found = (await resultOf('skimmed-training', options)) as unknown as Record<string, never> & {
      before: { mean: number }[];
      alignment: { layer: number; mean: number }[];
      step: number[];
      full: { accuracy: { mean: number }[] };
      skimmed: { accuracy: { mean: number }[]; loss: { mean: number }[] };
      theory: { gaps: number[]; widestGaps: number[] };
    };
    // Layers 4 and 5 are one that is linear; 9 is that of the classes.
    expect(found.alignment.map(({ layer }) => layer)).toEqual([1, 2, 3, 6, 7, 8, 9]);
    expect(found.before).toHaveLength(8);
    expect(found.theory.widestGaps[0]).toBe(2);
    expect(found.theory.gaps[0]).toBeLessThan(1);
    for (const { accuracy } of [found.full, found.skimmed]) {
      expect(accuracy).toHaveLength(found.step.length);
      expect(accuracy.at(-1)?.mean).toBeGreaterThan(0.9);
    }
    for (const { mean } of found.alignment) expect(Math.abs(mean)).toBeLessThanOrEqual(1);
  });

  it('refuses a block without layers behind it', () => {
    const request = { experiment: 'skimmed-training', options: { ...options, block: 5 }, seed: 1 };
    expect(failureOf(() => resolveCell(lab, request)).message).toContain('before the last layer');
  });
});
