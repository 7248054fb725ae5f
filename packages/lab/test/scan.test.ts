/** Experiments that go through σ_w², and the nodes of single networks. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { createLab, type JsonObject, type PluginDefinition } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import raai from '@meanfield/initializer-raai';
import asymmetric from '@meanfield/mean-field-asymmetric';
import gaussian from '@meanfield/mean-field-gaussian';
import { describe, expect, it } from 'vitest';

import { experiments, resolveCell, runCell } from '../src/index.js';
import { crossingOf } from '../src/experiments/crossing.js';

const plugins = [relu, tanh, he, aci, raai, gaussian, asymmetric];
const lab = createLab([...experiments, ...plugins.map((each) => each as PluginDefinition)]);

async function resultOf(experiment: string, options: object, seed = 1): Promise<JsonObject> {
  const { cell } = resolveCell(lab, { experiment, options, seed });
  const outcome = await runCell(lab, cell, { report: () => undefined });
  if (outcome.status === 'failed') throw new Error(outcome.error.message);
  return outcome.result;
}

interface Layer {
  readonly q: number;
  readonly qStderr: number;
  readonly gap: number;
  readonly gapStderr: number;
}
interface ScanResult {
  readonly method: string;
  readonly weightVariance: readonly number[];
  readonly layers: readonly (readonly Layer[])[];
  readonly crossings: Record<
    'length' | 'difference',
    { weightVariance: number | null; stderr: number | null; reason?: string; layers: number[] }
  >;
  readonly theory: readonly { layers: readonly Layer[]; qStar: number | null }[] | null;
  readonly boundaries: { length: number; correlation: number } | null;
}

const scan = async (options: object, seed = 1): Promise<ScanResult> =>
  (await resultOf('propagation-scan', options, seed)) as unknown as ScanResult;

const withBias = (name: string, biasVariance: number) => ({ name, options: { biasVariance } });

describe('propagation-scan', () => {
  const small = { width: 32, depth: 8, networks: 6 };

  it('has theory beside simulation at every σ_w²', async () => {
    const range = { from: 1, to: 2, count: 3 };
    const result = await scan({
      ...small,
      width: 200,
      networks: 20,
      initializer: withBias('he', 0.1),
      weightVariance: range,
    });
    expect(result.weightVariance).toEqual([1, 1.5, 2]);
    expect(result.boundaries).toMatchObject({ length: 2, correlation: 2 });
    expect(result.theory?.map(({ qStar }) => qStar)).toEqual([
      expect.closeTo(0.2),
      expect.closeTo(0.4),
      null,
    ]);
    const scores = result.layers.flatMap((layers, point) =>
      layers.map(({ q, qStderr }, l) => Math.abs(q - result.theory![point]!.layers[l]!.q) / qStderr),
    );
    // Widths of 200 leave errors of order 1/200 relative, below the standard errors of 20 networks.
    expect(Math.max(...scores)).toBeLessThan(4);
  });

  it('has the same random numbers at every σ_w²', async () => {
    const at = (weightVariance: readonly number[], seed: number) =>
      scan({ ...small, weightVariance }, seed).then(({ layers }) =>
        layers.map((each) => Math.log(each[7]!.q)),
      );
    const differences = { common: [] as number[], independent: [] as number[] };
    for (let seed = 0; seed < 12; seed++) {
      const [low, high] = await at([1.8, 1.82], seed);
      const [, other] = await at([1.8, 1.82], seed + 100);
      differences.common.push(high! - low!);
      differences.independent.push(other! - low!);
    }
    const variance = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    };
    // Without biases q of ReLU networks is σ_w^{2l} times what the normals say: the difference is the same to rounding.
    expect(variance(differences.common)).toBeLessThan(1e-20);
    expect(variance(differences.independent)).toBeGreaterThan(1e-4);
  });

  it('finds both boundaries where they are predicted, within their standard errors', async () => {
    const result = await scan({
      width: 256,
      depth: 16,
      networks: 40,
      initializer: 'aci',
      inputs: { pairGaps: [1e-8] },
      weightVariance: [1.8, 2, 2.2, 2.7, 2.9, 3.1],
    });
    for (const [name, boundary] of [
      ['length', result.boundaries!.length],
      ['difference', result.boundaries!.correlation],
    ] as const) {
      const { weightVariance, stderr, layers } = result.crossings[name];
      expect(layers).toEqual([8, 16]);
      expect(stderr).toBeLessThan(0.1);
      expect(Math.abs(weightVariance! - boundary)).toBeLessThan(3 * stderr!);
    }
  });

  it('gives the same bits in parts of any size', async () => {
    const options = { ...small, weightVariance: [1, 2] };
    const whole = await scan({ ...options, networksPerPart: 6 });
    expect(await scan({ ...options, networksPerPart: 4 })).toEqual(whole);
  });

  it('says what is wrong with a scan', async () => {
    const failure = (options: object) => scan(options).then(String, (error: unknown) => String(error));
    expect(await failure({ weightVariance: [2, 1] })).toContain('not increasing');
    expect(await failure({})).toContain('weightVariance');
    const unknown = { initializer: { name: 'he', options: { k: 1 } }, weightVariance: [1, 2] };
    expect(await failure(unknown)).toContain('"k"');
  });
});

describe('crossingOf', () => {
  const variances = [1, 2, 4];
  // x(late)/x(early) = σ_w²/√3 times what is the network's own
  const early = [1, 1, 1].map(() => [1, 1, 1]);
  const late = [0.9, 1, 1.1].map((factor) => variances.map((v) => (factor * v) / Math.sqrt(3)));

  it('is straight in the logarithm, with the jackknife over networks', () => {
    const crossing = crossingOf(variances, { early, late });
    expect(crossing.weightVariance).toBeCloseTo(Math.sqrt(3), 12);
    // Of 1/mean(factor), whose jackknife error is nearly that of the mean, √(0.01/3).
    expect(crossing.stderr).toBeCloseTo(Math.sqrt(3) * Math.sqrt(0.01 / 3), 2);
  });

  it('says why there is none', () => {
    expect(
      crossingOf([2, 4], { early: early.map((row) => row.slice(1)), late: late.map((row) => row.slice(1)) }),
    ).toMatchObject({ weightVariance: null, reason: expect.stringContaining('do not cross') as string });
    const lone = { early: [[1, 1]], late: [[0.5, 2]] };
    expect(crossingOf([1, 2], lone)).toMatchObject({
      reason: expect.stringContaining('one network') as string,
    });
    const hanging = {
      early: [
        [1, 1],
        [1, 1],
      ],
      late: [
        [0.5, 0.5],
        [0.5, 9],
      ],
    };
    expect(crossingOf([1, 2], hanging)).toMatchObject({ reason: expect.stringContaining('hangs') as string });
  });
});

describe('node-activity', () => {
  const run = (initializer: unknown) =>
    resultOf('node-activity', {
      initializer,
      width: 24,
      depth: 6,
      inputs: { count: 20 },
      networks: 3,
      layers: [1, 6],
    });

  it('has every node of the first network, and how mean and deviation go together over networks', async () => {
    const { layers } = (await run('he')) as unknown as {
      layers: {
        layer: number;
        mean: number[];
        deviation: number[];
        relation: number;
        relationStderr: number;
      }[];
    };
    expect(layers.map(({ layer }) => layer)).toEqual([1, 6]);
    for (const { mean, deviation, relation, relationStderr } of layers) {
      expect(mean).toHaveLength(24);
      expect(deviation).toHaveLength(24);
      expect(Math.min(...deviation)).toBeGreaterThan(0);
      expect(Math.abs(relation)).toBeLessThan(1);
      expect(relationStderr).toBeGreaterThan(0);
    }
  });

  it('refuses a layer beyond the depth', async () => {
    await expect(resultOf('node-activity', { depth: 3, layers: [4] })).rejects.toThrow('beyond the depth');
  });
});
