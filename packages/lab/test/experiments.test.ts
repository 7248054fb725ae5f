import { describe, expect, it } from 'vitest';

import { resolveCell } from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import { failureOf } from './temporary-folder.js';
import { lab, resultOf } from './test-lab.js';

const withVariances = (name: string, weightVariance: number, biasVariance: number): object => ({
  name,
  options: { weightVariance, biasVariance },
});

describe('theory', () => {
  it.each(golden.tanhFixedPoints)(
    'agrees with the reference for tanh at $weightVariance, $biasVariance',
    async (point) => {
      const initializer = withVariances('he', point.weightVariance, point.biasVariance);
      const result = await resultOf('theory', { activation: 'tanh', initializer });
      expect(result).toMatchObject({ phase: point.phase, bounded: true, model: 'gaussian' });
      for (const key of ['qStar', 'cStar', 'chi1', 'xiQ', 'xiC'] as const) {
        expect(Math.abs(Number(result[key]) / point[key] - 1)).toBeLessThan(1e-9);
      }
    },
  );

  it('writes what is no number as what it is', async () => {
    const result = await resultOf('theory', { activation: 'relu', initializer: 'he' });
    expect(result).toMatchObject({
      qStar: { status: 'every-q-fixed' },
      chi1: 1,
      xiQ: 'Infinity',
      xiC: 'Infinity',
    });
  });

  it('refuses a law without a theory before it runs', () => {
    const options = { initializer: 'constant' };
    expect(failureOf(() => resolveCell(lab, { experiment: 'theory', options, seed: 1 })).code).toBe(
      'UNSUPPORTED',
    );
  });

  it('names the model, and takes another when told', async () => {
    const { cell } = resolveCell(lab, { experiment: 'theory', options: { initializer: 'raai' }, seed: 1 });
    expect(cell.plugins.map(({ name }) => name)).toEqual(['relu', 'theory', 'raai', 'asymmetric']);
    const options = { initializer: 'he', meanField: 'asymmetric' };
    expect(failureOf(() => resolveCell(lab, { experiment: 'theory', options, seed: 1 })).code).toBe(
      'UNSUPPORTED',
    );
  });
});

describe('boundary', () => {
  it('finds 2/(1 − κ/π) and 2 for ACI (`singh2021` §3.1)', async () => {
    const initializer = { name: 'aci', options: { k: 100, biasVariance: 0.1 } };
    const { length, correlation, reason } = await resultOf('boundary', { initializer });
    expect(length).toBeCloseTo(2 / (1 - 100 / 101 / Math.PI), 9);
    expect(correlation).toBeCloseTo(2, 9);
    expect(reason).toBeUndefined();
  });

  it('says why there is none', async () => {
    const initializer = withVariances('he', 1, 0.05);
    const result = await resultOf('boundary', { activation: 'tanh', initializer });
    expect(result['length']).toBeNull();
    expect(result['reason']).toEqual({ length: expect.stringMatching(/\w/) as string });
  });
});

/** A boundary as records hold it: σ_w² over the vertical axis */
interface Curve {
  readonly weightVariance: readonly number[];
  readonly vertical: readonly number[];
}

describe('phase-diagram', () => {
  it('is the closed form for ReLU: chaotic above 2, bounded below 2/(1 − κ/π)', async () => {
    const options = {
      initializer: 'aci',
      weightVariance: { from: 0.5, to: 4.5, count: 9 },
      vertical: { option: 'biasVariance', from: 0.1, to: 0.3, count: 3 },
    };
    const result = await resultOf('phase-diagram', options);
    const bound = 2 / (1 - 100 / 101 / Math.PI);
    const xs = result['weightVariance'] as number[];
    expect(xs).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5]);
    const row = xs.map((x) => (x < 2 ? 'ordered' : x > 2 ? 'chaotic' : 'critical'));
    expect(result['phase']).toEqual([row, row, row]);
    const bounded = xs.map((x) => x < bound);
    expect(result['bounded']).toEqual([bounded, bounded, bounded]);
    const { length, correlation } = result['boundaries'] as unknown as Record<
      'length' | 'correlation',
      Curve
    >;
    expect(length.vertical.length).toBeGreaterThanOrEqual(3);
    for (const value of length.weightVariance) expect(value).toBeCloseTo(bound, 9);
    for (const value of correlation.weightVariance) expect(value).toBeCloseTo(2, 9);
  });

  it('takes any option of the initializer as its vertical axis', async () => {
    const options = {
      initializer: 'aci',
      weightVariance: { from: 1, to: 3, count: 2 },
      vertical: { option: 'k', from: 0, to: 1, count: 2 },
    };
    const { boundaries } = (await resultOf('phase-diagram', options)) as unknown as {
      boundaries: { length: Curve };
    };
    const { weightVariance, vertical } = boundaries.length;
    for (const [i, k] of vertical.entries()) {
      expect(weightVariance[i]).toBeCloseTo(2 / (1 - k / (1 + k) / Math.PI), 9);
    }
  });

  it('refuses an option that the initializer lacks, and a range of one point', () => {
    const resolve = (options: object): unknown =>
      resolveCell(lab, { experiment: 'phase-diagram', options, seed: 1 });
    const vertical = { option: 'biasVariance', from: 0, to: 1, count: 3 };
    expect(failureOf(() => resolve({ initializer: 'rai', vertical })).message).toContain('biasVariance');
    expect(failureOf(() => resolve({ vertical: { ...vertical, count: 1 } })).code).toBe('INVALID_OPTION');
  });
});

describe('training', () => {
  const small = {
    task: {
      name: 'teacher-student',
      options: { teacher: 'simple', examples: 64, validationExamples: 16, inputSize: 5, outputSize: 3 },
    },
    backend: { name: 'tfjs', options: { engine: 'cpu' } },
    hiddenWidths: [6, 6],
    batchSize: 16,
    networks: 3,
    epochs: 2,
    evaluations: 4,
  };

  it('resolves its defaults and those of everything that it chooses', () => {
    const { cell } = resolveCell(lab, {
      experiment: 'training',
      options: { ...small, optimizer: 'adam' },
      seed: 1,
    });
    expect(cell.options).toMatchObject({
      optimizer: { name: 'adam', options: { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } },
      initializer: { name: 'he', options: { weightVariance: 2, biasVariance: 0 } },
      task: { options: { teacher: 'simple', depth: 10 } },
    });
    expect(cell.plugins.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'activation relu',
      'backend tfjs',
      'experiment training',
      'initializer he',
      'task teacher-student',
    ]);
  });

  it.each([
    ['both epochs and steps', { steps: 3 }],
    ['an unknown optimiser', { optimizer: 'momentum' }],
    ['a rate of 0', { optimizer: { name: 'sgd', options: { learningRate: 0 } } }],
    ['an unknown option of the task', { task: { name: 'teacher-student', options: { size: 1 } } }],
  ])('refuses %s before it runs', (_, change) => {
    const request = { experiment: 'training', options: { ...small, ...change }, seed: 1 };
    expect(failureOf(() => resolveCell(lab, request)).code).toBe('INVALID_OPTION');
  });

  it('gives curves with means and standard errors, the same bytes again, and others for another seed', async () => {
    const result = await resultOf('training', small);
    const { step, epoch, validationLoss } = result['curves'] as unknown as {
      step: number[];
      epoch: number[];
      validationLoss: { mean: number[]; stderr: number[] };
    };
    expect(step.at(-1)).toBe(8);
    expect(epoch.at(-1)).toBe(2);
    for (const values of [step, epoch, validationLoss.mean, validationLoss.stderr])
      expect(values).toHaveLength(4);
    expect(validationLoss.stderr.every((value) => value > 0)).toBe(true);
    expect(JSON.stringify(await resultOf('training', small))).toBe(JSON.stringify(result));
    expect(JSON.stringify(await resultOf('training', small, 2))).not.toBe(JSON.stringify(result));
  });

  it('gives every initializer the same data, batches and underlying draws', async () => {
    // ACI without correlation is He: paired comparisons then differ by nothing.
    const uncorrelated = { name: 'aci', options: { k: 0 } };
    const curvesOf = async (initializer: unknown): Promise<unknown> =>
      (await resultOf('training', { ...small, initializer }))['curves'];
    expect(await curvesOf(uncorrelated)).toEqual(await curvesOf('he'));
    expect(await curvesOf('aci')).not.toEqual(await curvesOf('he'));
  });
});
