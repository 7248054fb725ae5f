import type { Initializer } from '@meanfield/core';
import relu from '@meanfield/activation-relu';
import aci from '@meanfield/initializer-aci';
import raai from '@meanfield/initializer-raai';
import gaussian from '@meanfield/mean-field-gaussian';
import { createStream } from '@meanfield/numerics';
import { memory, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { initializers } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';

import { TfjsInitializerBase } from '../src/base-class.js';
import {
  fromTfjsInitializer,
  phaseOf,
  toTfjsInitializer,
  type MeasuredInitializer,
  type TfjsInitializer,
} from '../src/index.js';
import './chained-operations.js';
import './models.js';

const code = (code: string): { code: string } => expect.objectContaining({ code }) as { code: string };
const question = { activation: relu.create(), model: gaussian.create() };

/** Variance of a standard normal truncated at ±2: 1 − 4 φ(2)/(2Φ(2) − 1) */
const TRUNCATED = 0.7737413;

/** An initializer that is not from tfjs-layers and has no seed in its config: every call draws anew. */
class Foreign extends TfjsInitializerBase {
  static readonly className = 'Foreign';
  readonly #initializer: Pick<Initializer, 'sample'>;
  readonly #scaleOf: (neuron: number) => number;
  #calls = 0;

  constructor(initializer: Pick<Initializer, 'sample'>, scaleOf: (neuron: number) => number) {
    super();
    this.#initializer = initializer;
    this.#scaleOf = scaleOf;
  }

  override apply(shape: (number | null)[]): Tensor {
    const [fanIn, fanOut] = [shape[0] ?? 0, shape[1] ?? 0];
    const weights = new Float32Array(fanIn * fanOut);
    const layer = { fanIn, fanOut, weights, bias: new Float32Array(fanOut) };
    this.#initializer.sample(layer, createStream(6).child(this.#calls++));
    const scaled = weights.map((w, entry) => w * this.#scaleOf(entry % fanOut));
    return tensor(scaled, [fanIn, fanOut]);
  }

  override getConfig(): Record<string, never> {
    return {};
  }
}
const foreign = (
  initializer: Pick<Initializer, 'sample'>,
  scaleOf: (neuron: number) => number = () => 1,
): TfjsInitializer => new Foreign(initializer, scaleOf);

/** Weight 1 from one input, 0 from all others, as in an identity matrix */
const oneWeight: TfjsInitializer = foreign({
  sample: ({ fanOut, weights }) => {
    weights.fill(0);
    for (let neuron = 0; neuron < fanOut; neuron++) weights[neuron * fanOut + neuron] = 1;
  },
});
const neuronScales = (neuron: number): number => (neuron % 2 === 0 ? 0.5 : 1.5);

function expectVariance({ statistics, measured }: MeasuredInitializer, expected: number): void {
  const { value, stderr } = measured.weightVariance;
  expect(Math.abs(value - expected), `${value} ± ${stderr}`).toBeLessThan(4 * stderr);
  expect(stderr).toBeLessThan(0.01 * expected);
  expect(statistics).toEqual({
    law: 'gaussian-rows',
    weightVariance: value,
    biasVariance: 0,
    correlationStrength: 0,
  });
}

describe('fromTfjsInitializer', () => {
  it.each([
    ['heNormal', initializers.heNormal({}), 2 * TRUNCATED, 'ordered'],
    ['heUniform', initializers.heUniform({}), 2, 'critical'],
    ['leCunNormal', initializers.leCunNormal({ seed: 3 }), TRUNCATED, 'ordered'],
    ['glorotUniform', initializers.glorotUniform({}), 1, 'ordered'],
  ] as const)('measures σ_w² of %s and says its phase for relu', (_, initializer, expected, phase) => {
    const measurement = fromTfjsInitializer(initializer, { fanIn: 256, fanOut: 256 });
    expectVariance(measurement, expected);
    expect(measurement.reproducible).toBe(true);
    const answer = phaseOf(measurement, question);
    expect(answer.phase).toBe(phase);
    expect(answer.withinError).toBe(phase === 'critical');
    expect(answer.chi1.value).toBeCloseTo(measurement.measured.weightVariance.value / 2, 12);
  });

  it('measures orthogonal matrices and their gain, exactly', () => {
    const orthogonal = initializers.orthogonal({ gain: 1.5 });
    const { statistics, measured } = fromTfjsInitializer(orthogonal, { fanIn: 24, fanOut: 24 });
    // Exactly, for square ones: squared lengths are 1.5², and squared sums are so on average.
    expect(measured.weightVariance.value).toBeCloseTo(2.25, 5);
    expect(measured.lengthSpread).toBeLessThan(1e-10);
    expect(statistics).toMatchObject({ law: 'gaussian-rows', correlationStrength: 0 });
  });

  it('measures k, and biases', () => {
    const { statistics, measured } = fromTfjsInitializer(foreign(aci.create({ k: 3 })), {
      fanIn: 128,
      fanOut: 256,
      samples: 4,
      biasInitializer: initializers.randomNormal({ stddev: 0.5 }),
    });
    const { value, stderr } = measured.correlationStrength ?? { value: 0, stderr: 0 };
    expect(Math.abs(value - 3), `${value} ± ${stderr}`).toBeLessThan(4 * stderr);
    expect(stderr).toBeLessThan(0.25);
    expect(Math.abs(measured.weightVariance.value - 2)).toBeLessThan(4 * measured.weightVariance.stderr);
    expect(Math.abs(measured.biasVariance.value - 0.25)).toBeLessThan(4 * measured.biasVariance.stderr);
    expect(statistics).toEqual({
      law: 'gaussian-rows',
      weightVariance: measured.weightVariance.value,
      biasVariance: measured.biasVariance.value,
      correlationStrength: value,
    });
  });

  it('has the laws of plugins that it gets back, weights and biases drawn jointly', () => {
    const wrapped = toTfjsInitializer(raai, { seed: 1, layer: 0 });
    const measurement = fromTfjsInitializer(wrapped, { fanIn: 200, fanOut: 500 });
    expect(measurement).toMatchObject({ statistics: raai.create().statistics(), statisticsFrom: 'plugin' });
    // One of 201 entries is the bias, and one in 30 replaced entries is below 6 deviations: u² = 36 · 0.9/200.
    expect(measurement.measured.outliers.share).toBeGreaterThan(0.8);
    expect(measurement.measured.outliers.meanSquare).toBeGreaterThan(0.5);
    const layer = { fanIn: 5, fanOut: 4, weights: new Float64Array(20), bias: new Float64Array(4) };
    measurement.initializer.sample(layer, createStream(9, 'layer/3'));
    const expected = { ...layer, weights: new Float64Array(20), bias: new Float64Array(4) };
    raai.create().sample(expected, createStream(9, 'layer/3'));
    expect(layer).toEqual(expected);
    const plain = fromTfjsInitializer(toTfjsInitializer(aci, { seed: 1, layer: 0 }), {
      fanIn: 16,
      fanOut: 16,
    });
    expect(phaseOf(plain, question)).toMatchObject({ phase: 'critical', withinError: false });
  });

  it.each([
    ['one entry that stands out', foreign(raai.create()), /^in 8\d % of neurons one weight stands out/],
    ['a mean', initializers.randomUniform({ minval: 0.01, maxval: 0.1 }), /^weights have mean 0\.05/],
    ['constants', initializers.ones(), /^weights have mean 1/],
    ['one weight a neuron', oneWeight, /^in 100 % of neurons one weight stands out/],
    ['neurons of different scale', foreign(aci.create(), neuronScales), /^squared lengths/],
    ['sums that are all the same', foreign(aci.create({ k: 1e9 })), /^the sum of weights is the same/],
  ] as const)('calls a law with %s empirical, and says why', (_, initializer, reason) => {
    const measurement = fromTfjsInitializer(initializer, { fanIn: 256, fanOut: 128 });
    expect(measurement.statistics).toMatchObject({ law: 'empirical' });
    expect(measurement.statistics).toHaveProperty('reason', expect.stringMatching(reason));
    expect(() => phaseOf(measurement, question)).toThrow(code('UNSUPPORTED'));
  });

  it('takes biases with a mean for what they are', () => {
    const biasInitializer = initializers.ones();
    const { statistics } = fromTfjsInitializer(initializers.heUniform({}), {
      fanIn: 64,
      fanOut: 64,
      biasInitializer,
    });
    expect(statistics).toHaveProperty('reason', expect.stringMatching(/^biases have mean 1/));
  });

  it('is an initializer whose numbers follow the stream, where tfjs lets them', () => {
    const { initializer } = fromTfjsInitializer(initializers.heNormal({ seed: 1 }), {
      fanIn: 30,
      fanOut: 10,
      name: 'he-normal',
    });
    const draw = (path: string): Float32Array => {
      const weights = new Float32Array(300).fill(NaN);
      initializer.sample(
        { fanIn: 30, fanOut: 10, weights, bias: new Float32Array(10) },
        createStream(2, path),
      );
      return weights;
    };
    expect(initializer.name).toBe('he-normal');
    const before = memory().numTensors;
    expect(draw('layer/0')).toEqual(draw('layer/0'));
    expect(draw('layer/0')).not.toEqual(draw('layer/1'));
    expect(memory().numTensors).toBe(before);
    expect(fromTfjsInitializer(foreign(aci.create()), { fanIn: 32, fanOut: 32 }).reproducible).toBe(false);
  });

  it('reports what has no value as null, and refuses sizes and values that it cannot measure', () => {
    const { statistics, measured } = fromTfjsInitializer(initializers.zeros(), { fanIn: 4, fanOut: 4 });
    expect(measured).toMatchObject({ kurtosis: null, correlationStrength: null, lengthSpread: null });
    expect(phaseOf(statistics, question).phase).toBe('ordered');
    expect(() => fromTfjsInitializer(initializers.zeros(), { fanIn: 1 })).toThrow(code('INVALID_ARGUMENT'));
    expect(() => fromTfjsInitializer(initializers.zeros(), { samples: 0 })).toThrow(code('INVALID_ARGUMENT'));
    const infinite = initializers.constant({ value: Infinity });
    expect(() => fromTfjsInitializer(infinite, { fanIn: 4, fanOut: 4 })).toThrow(code('INVALID_ARGUMENT'));
  });
});
