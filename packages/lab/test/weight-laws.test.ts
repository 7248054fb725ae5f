/** Kernels and norms of networks with weights of many laws; how single pixels dominate images; maps of one layer. */

import leakyRelu from '@meanfield/activation-leaky-relu';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import tfjs from '@meanfield/backend-tfjs';
import {
  createLab,
  definePlugin,
  type Examples,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import he from '@meanfield/initializer-he';
import normPreserving from '@meanfield/initializer-norm-preserving';
import gaussian from '@meanfield/mean-field-gaussian';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { experiments, resolveCell, runCell } from '../src/index.js';

const SIDE = 4;

/** Two classes of images: light in the upper half, or in the lower one. */
function imagesOf(count: number): Examples {
  const stream = createStream(7, String(count));
  const labels = Int32Array.from({ length: count }, () => stream.integer(2));
  const inputs = Float32Array.from({ length: count * SIDE * SIDE }, (_, at) => {
    const upper = at % (SIDE * SIDE) < (SIDE * SIDE) / 2;
    return upper === (labels[Math.floor(at / (SIDE * SIDE))] === 0) ? stream.uniform() : 0;
  });
  return { count, inputs, targets: { kind: 'labels', labels } };
}

const images = definePlugin({
  kind: 'task',
  name: 'images',
  package: 'test',
  version: '1.0.0',
  summary: 'two classes of small images',
  options: z.strictObject({}),
  optionDocs: {},
  references: [],
  create: () => ({
    name: 'images',
    inputSize: SIDE * SIDE,
    outputSize: 2,
    loss: 'softmax-cross-entropy',
    metric: 'accuracy',
    defaults: { batchSize: 20, hiddenWidths: [8] },
    remarks: [],
    load: () => Promise.resolve({ train: imagesOf(200), validation: imagesOf(100) }),
  }),
});

const plugins = [relu, leakyRelu, tanh, he, normPreserving, gaussian, tfjs, images];
const lab = createLab([...experiments, ...plugins.map((each) => each as PluginDefinition)]);

async function resultOf<T extends JsonObject>(experiment: string, options: object): Promise<T> {
  const { cell } = resolveCell(lab, { experiment, options, seed: 1 });
  const outcome = await runCell(lab, cell, { report: () => undefined });
  if (outcome.status === 'failed') throw new Error(outcome.error.message);
  return outcome.result as T;
}

const leaky = { name: 'leaky-relu', options: { negativeSlope: 0.2 } };
const preserving = (options: object): object => ({
  name: 'norm-preserving',
  options: { slope: 0.2, ...options },
});

interface Kernels extends JsonObject {
  readonly layers: readonly {
    readonly depth: number;
    readonly cosine: readonly number[];
    readonly theory: readonly number[] | null;
    readonly offset: { readonly mean: number; readonly stderr: number } | null;
  }[];
}

describe('kernel-samples', () => {
  it.each([
    ['generalised normal', preserving({ law: 'generalised-normal', beta: 0.5 })],
    ['multivariate t', preserving({ law: 'multivariate-t', degrees: 5 })],
  ])('follows the kernel of leaky ReLU with weights of law %s', async (_, initializer) => {
    const options = { activation: leaky, initializer, width: 120, depths: [3, 1], angles: 5, networks: 8 };
    const { layers } = await resultOf<Kernels>('kernel-samples', options);
    expect(layers.map(({ depth }) => depth)).toEqual([1, 3]);
    for (const { cosine, offset } of layers) {
      expect(cosine[0]).toBe(1);
      expect(Math.abs(offset!.mean)).toBeLessThan(4 * offset!.stderr);
    }
    // T(−1) = −2a/(1 + a²)
    expect(layers[0]!.theory![4]).toBeCloseTo(-0.4 / 1.04, 12);
  });

  it('has no theory by angles for activations that are not homogeneous', async () => {
    const result = await resultOf<Kernels>('kernel-samples', {
      activation: 'tanh',
      width: 20,
      angles: 2,
      networks: 2,
    });
    expect(result.layers[0]).toMatchObject({ theory: null, offset: null });
    expect(result['reason']).toMatch(/homogeneous/);
  });
});

describe('norm-ratios', () => {
  it('grow by 1 + a² in a layer under He, and not under the norm-preserving law', async () => {
    interface Norms extends JsonObject {
      readonly layers: readonly {
        readonly meanSquare: { readonly mean: number; readonly stderr: number };
        readonly histogram: { readonly counts: readonly number[] };
      }[];
    }
    const options = { activation: leaky, width: 100, depths: [1, 4], inputs: 20, networks: 30, bins: 7 };
    for (const [initializer, factor] of [
      ['he', 1.04],
      [preserving({}), 1],
    ] as const) {
      const { layers } = await resultOf<Norms>('norm-ratios', { ...options, initializer });
      layers.forEach(({ meanSquare: { mean, stderr }, histogram: { counts } }, at) => {
        expect(Math.abs(mean - factor ** [1, 4][at]!)).toBeLessThan(4 * stderr);
        expect(counts.reduce((sum, count) => sum + count)).toBe(20);
      });
    }
  });
});

describe('coordinate-concentration', () => {
  it('is that of the images and of their area averages', async () => {
    const task = 'images';
    interface Sizes extends JsonObject {
      readonly sizes: readonly { readonly dimension: number; readonly mean: number }[];
    }
    const { sizes } = await resultOf<Sizes>('coordinate-concentration', {
      task,
      sides: [1, 2, 3, 4],
      images: 50,
    });
    expect(sizes.map(({ dimension }) => dimension)).toEqual([1, 4, 9, 16]);
    // One pixel is all there is of the smallest image.
    expect(sizes[0]!.mean).toBeCloseTo(1, 12);
    const { inputs } = imagesOf(200);
    const expected = Array.from({ length: 50 }, (_, row) => {
      const image = inputs.subarray(row * 16, (row + 1) * 16);
      return (16 * Math.max(...image) ** 4) / image.reduce((sum, value) => sum + value * value, 0) ** 2;
    });
    expect(sizes[3]!.mean).toBeCloseTo(expected.reduce((sum, value) => sum + value) / 50, 10);
    // Halves of a side of two: both lit pixels have about the same mean, so that m (max²/Σ²)² is near 4/4.
    expect(sizes[1]!.mean).toBeGreaterThan(1);
    expect(sizes[1]!.mean).toBeLessThan(2);
  });

  it('needs images that are large enough', () => {
    const options = { task: 'images', sides: [5] };
    const run = () =>
      lab.get(
        'experiment',
        'coordinate-concentration',
        resolveCell(lab, { experiment: 'coordinate-concentration', options, seed: 1 }).cell.options,
      );
    expect(run).toThrow(/square images of side 5/);
  });
});

describe('signal-maps', () => {
  it('of tanh lie on theory, with its fixed point', async () => {
    interface Points {
      readonly theory: readonly number[];
      readonly mean: readonly number[];
      readonly stderr: readonly number[];
    }
    interface Maps extends JsonObject {
      readonly lengths: Points & JsonObject;
      readonly correlations: Points & JsonObject & { readonly at: number };
      readonly analysis: { readonly qStar: number };
    }
    const initializer = { name: 'he', options: { weightVariance: 2.5, biasVariance: 0.1 } };
    const { lengths, correlations, analysis } = await resultOf<Maps>('signal-maps', {
      ...{ activation: 'tanh', initializer, width: 300, networks: 20, lengths: [0.5, 2] },
      correlations: [-0.5, 0.5, 1],
    });
    expect(correlations.at).toBe(analysis.qStar);
    expect(correlations.theory[2]).toBe(1);
    for (const { theory, mean, stderr } of [lengths, correlations])
      theory.forEach((value, at) =>
        expect(Math.abs(mean[at]! - value)).toBeLessThanOrEqual(4 * stderr[at]! + 1 / 300),
      );
  });
});

describe('connecting-paths', () => {
  it('keep their ends, and halfway their law on the arc alone', async () => {
    interface Split {
      readonly mean: readonly number[];
      readonly lowest: { readonly mean: number };
    }
    interface Paths extends JsonObject {
      readonly t: readonly number[];
      readonly segment: { readonly test: Split; readonly middle: { readonly mean: number } } & JsonObject;
      readonly arc: { readonly test: Split; readonly middle: { readonly mean: number } } & JsonObject;
      readonly accuracy: { readonly mean: number };
    }
    const { t, segment, arc, accuracy } = await resultOf<Paths>('connecting-paths', {
      ...{
        task: 'images',
        backend: 'tfjs',
        networks: 4,
        hiddenWidths: [64],
        batchSize: 20,
        epochs: 3,
        points: 3,
      },
    });
    expect(t).toEqual([0, 0.5, 1]);
    const ends = (segment.test.mean[0]! + segment.test.mean[2]!) / 2;
    expect(ends).toBeCloseTo(accuracy.mean, 6);
    expect(arc.test.mean[0]).toBe(segment.test.mean[0]);
    expect(arc.test.mean[2]).toBe(segment.test.mean[2]);
    // ‖(A + B)/2‖² against ‖(A + B)/√2‖², of weights that are as good as independent
    expect(arc.middle.mean / segment.middle.mean).toBeCloseTo(2, 6);
    expect(Math.abs(arc.middle.mean - 1)).toBeLessThan(0.15);
  });
});
