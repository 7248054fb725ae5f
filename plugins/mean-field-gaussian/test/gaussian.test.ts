import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { isMeanfieldError, type Activation, type MeanFieldMap } from '@meanfield/core';
import { createStream, sampleExchangeableRows } from '@meanfield/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import gaussian from '../src/index.js';
import { erfActivation, gelu, leakyRelu, shiftedHardTanh, softplus, square, step } from './activations.js';
import fixture from './fixtures/values.json' with { type: 'json' };

const model = gaussian.create();
const activations: Record<string, Activation> = {
  relu: relu.create(),
  erf: erfActivation,
  softplus,
  'shifted-hard-tanh': shiftedHardTanh,
};

function mapOf(activation: Activation, weightVariance: number, biasVariance = 0, k = 0): MeanFieldMap {
  return model.map(activation, {
    law: 'gaussian-rows',
    weightVariance,
    biasVariance,
    correlationStrength: k,
  });
}

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run();
  } catch (error) {
    return isMeanfieldError(error) ? error.code : String(error);
  }
  return undefined;
};

describe('one step', () => {
  it.each(Object.keys(activations))('of %s agrees with 50-digit values', (name) => {
    const cases = fixture.values.filter(({ activation }) => activation === name);
    expect(cases.length).toBeGreaterThan(5);
    for (const { weightVariance, biasVariance, correlationStrength, q1, q2, gap, next } of cases) {
      const map = mapOf(activations[name]!, weightVariance, biasVariance, correlationStrength);
      const actual = map.observe(map.step(map.start({ q1, q2, gap })));
      const where = JSON.stringify({ k: correlationStrength, q2, gap });
      expect(Math.abs(actual.q1 / Number(next.q1) - 1), `q1 at ${where}`).toBeLessThan(3e-15);
      expect(Math.abs(actual.q2 / Number(next.q2) - 1), `q2 at ${where}`).toBeLessThan(3e-15);
      // Also the gap of order δ² that lengths leave which differ by δ.
      expect(Math.abs(actual.gap / Number(next.gap) - 1), `gap at ${where}`).toBeLessThan(3e-14);
    }
  });

  it.each([tanh.create(), softplus, shiftedHardTanh, leakyRelu])(
    'of $name exists for lengths that differ in their last digits',
    (activation) => {
      const map = mapOf(activation, 1.7, 0, 100);
      for (const q of [1e-8, 1e-3, 1, 1e6]) {
        for (const difference of [1e-9, 1e-12, 3e-16]) {
          const { gap } = map.observe(map.step(map.start({ q1: q, q2: q * (1 + difference), gap: 0 })));
          expect(gap).toBeGreaterThanOrEqual(0);
          expect(gap).toBeLessThan(10 * difference ** 2);
        }
      }
    },
  );

  it('agrees with sampled layers of correlated rows', () => {
    const [width, layers, k] = [512, 32, 100];
    const map = mapOf(relu.create(), 1.7, 0.2, k);
    const start = { q1: 0.8, q2: 0.8, gap: 0.3 };
    const expected = map.observe(map.step(map.start(start)));
    const lengths: number[] = [];
    const products: number[] = [];
    for (let layer = 0; layer < layers; layer++) {
      const { length, product } = sampledLayer(width, k, createStream(7, `layer/${layer}`));
      lengths.push(length);
      products.push(product);
    }
    expectMean(lengths, expected.q1);
    expectMean(products, expected.q1 * (1 - expected.gap));
  });

  it('keeps the gap where a length leaves float64', () => {
    const growing = mapOf(relu.create(), 1e6);
    let state = growing.start({ q1: 1e300, q2: 1e300, gap: 0.25 });
    for (let layer = 0; layer < 5; layer++) state = growing.step(state);
    expect(growing.observe(state).q1).toBe(Infinity);
    expect(growing.observe(state).gap).toBeGreaterThan(0);
    const vanishing = mapOf(relu.create(), 0, 0);
    expect(vanishing.observe(vanishing.step(vanishing.start({ q1: 1, q2: 1, gap: 0.25 })))).toEqual({
      q1: 0,
      q2: 0,
      gap: 0.25,
    });
  });
});

/** Mean square and covariance of two signals' pre-activations in one layer, from the law of `start` above. */
function sampledLayer(
  width: number,
  correlationStrength: number,
  stream: ReturnType<typeof createStream>,
): { length: number; product: number } {
  const signals = [new Float64Array(width), new Float64Array(width)] as const;
  const inputs = stream.child('inputs');
  for (let i = 0; i < width; i++) {
    const [z1, z2] = [inputs.normal(), inputs.normal()];
    const c = 0.7;
    signals[0][i] = Math.max(0, Math.sqrt(0.8) * z1);
    signals[1][i] = Math.max(0, Math.sqrt(0.8) * (c * z1 + Math.sqrt(1 - c * c) * z2));
  }
  const rows = { fanIn: width, fanOut: width, weights: new Float64Array(width * width) };
  sampleExchangeableRows(rows, { entryVariance: 1.7 / width, correlationStrength }, stream.child('weights'));
  const biases = new Float64Array(width);
  stream.child('bias').fillNormal(biases, Math.sqrt(0.2));
  let [length, product] = [0, 0];
  const h1 = Float64Array.from(biases);
  const h2 = Float64Array.from(biases);
  for (let i = 0; i < width; i++) {
    const [s1, s2] = [signals[0][i]!, signals[1][i]!];
    for (let j = 0; j < width; j++) {
      const weight = rows.weights[i * width + j]!;
      h1[j]! += weight * s1;
      h2[j]! += weight * s2;
    }
  }
  for (let j = 0; j < width; j++) {
    length += h1[j]! ** 2 / width;
    product += (h1[j]! * h2[j]!) / width;
  }
  return { length, product };
}

/** Within 4 standard errors, and these small enough to tell κ = 0 from κ = 1. */
function expectMean(samples: readonly number[], expected: number): void {
  const mean = samples.reduce((sum, x) => sum + x, 0) / samples.length;
  const variance = samples.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (samples.length - 1);
  const error = Math.sqrt(variance / samples.length);
  expect(Math.abs(mean - expected)).toBeLessThan(4 * error);
  expect(error).toBeLessThan(0.02 * expected);
}

describe('what a layer hands on', () => {
  it('is that of Gaussian pre-activations, whatever κ is', () => {
    const map = mapOf(relu.create(), 1.7, 0.2, 100);
    const { meanSquare, mean, deadFraction } = map.activity(map.start({ q1: 3, q2: 1, gap: 0.4 }));
    expect(meanSquare).toBeCloseTo(3 / 2, 14);
    expect(mean).toBeCloseTo(Math.sqrt(3 / (2 * Math.PI)), 14);
    expect(deadFraction).toBe(0.5);
    const shifted = mapOf(shiftedHardTanh, 1, 0, -0.5);
    const long = shifted.activity(shifted.start({ q1: 1e12, q2: 1, gap: 0 }));
    expect(long.mean).toBeCloseTo(0.25, 12);
    expect(long.meanSquare).toBeCloseTo(1 + 0.25 ** 2, 5);
  });

  it('is φ(0) where pre-activations vanish', () => {
    const map = mapOf(shiftedHardTanh, 1);
    expect(map.activity(map.start({ q1: 0, q2: 0, gap: 0 }))).toEqual({
      meanSquare: 0.0625,
      mean: 0.25,
      deadFraction: 1,
    });
  });
});

describe('slopes and limits', () => {
  it('are those of the ReLU closed forms', () => {
    for (const k of [-0.9, 0, 1, 100]) {
      const kappa = k / (1 + k);
      const map = mapOf(relu.create(), 1.6, 0.1, k);
      const { lengthSlope, chi1 } = map.linearise(map.start({ q1: 3, q2: 3, gap: 0 }));
      expect(lengthSlope).toBeCloseTo(0.8 * (1 - kappa / Math.PI), 14);
      expect(chi1).toBeCloseTo(0.8, 14);
      const limits = map.asymptotics();
      expect(limits.lengthGrowth).toBeCloseTo(lengthSlope, 14);
      expect(limits.chi1).toBeCloseTo(0.8, 14);
    }
  });

  it('take the sign of the negative side right', () => {
    const kappa = 3 / 4;
    const { lengthGrowth, chi1 } = mapOf(leakyRelu, 1, 0, 3).asymptotics();
    expect(lengthGrowth).toBeCloseTo(0.52 - (kappa * 0.8 ** 2) / (2 * Math.PI), 14);
    expect(chi1).toBeCloseTo(0.52, 14);
    const even = { ...leakyRelu, name: 'abs', phi: Math.abs, derivative: Math.sign };
    expect(mapOf(even, 1, 0, 3).asymptotics().lengthGrowth).toBeCloseTo(1 - (kappa * 4) / (2 * Math.PI), 14);
  });

  it.each([
    [tanh.create(), 0],
    [step, 0],
    [softplus, 0.75],
    [gelu, 0.75],
    [square, Infinity],
  ])('of $name for long signals', (activation, growth) => {
    const { lengthGrowth, chi1 } = mapOf(activation, 1.5, 0.1).asymptotics();
    expect(lengthGrowth).toBe(growth);
    expect(chi1).toBe(growth);
  });

  it('exist at vanishing lengths', () => {
    const map = mapOf(tanh.create(), 0.7);
    const { lengthSlope, chi1, correlationSlope } = map.linearise(map.start({ q1: 0, q2: 0, gap: 0 }));
    expect(lengthSlope).toBeCloseTo(0.7, 14);
    expect(chi1).toBeCloseTo(0.7, 14);
    expect(correlationSlope).toBeCloseTo(1, 14);
  });

  it('cover an activation with a jump: the slope of its mean and mean square is 0', () => {
    const map = mapOf(step, 2, 0.1, 100);
    expect(map.linearise(map.start({ q1: 1, q2: 1, gap: 0.5 })).lengthSlope).toBeCloseTo(0, 13);
  });
});

describe('arguments', () => {
  it('are refused in one sentence', () => {
    expect(codeOf(() => mapOf(relu.create(), -1))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => mapOf(relu.create(), Number.NaN))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => mapOf(relu.create(), 1, -1))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => mapOf(relu.create(), 1, 0, -1))).toBe('INVALID_ARGUMENT');
    const map = mapOf(relu.create(), 1);
    expect(codeOf(() => map.start({ q1: 1, q2: -1, gap: 0 }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => map.start({ q1: 1, q2: 1, gap: 2.5 }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => map.withWeightVariance(Infinity))).toBe('INVALID_ARGUMENT');
    const nowhere = { ...square, name: 'root', phi: Math.sqrt };
    expect(codeOf(() => mapOf(nowhere, 1))).toBe('UNSUPPORTED');
  });
});

describe('any homogeneous activation', () => {
  it('scales: signals of other lengths take the same gaps when biases scale along', () => {
    const decade = fc.double({ min: -6, max: 6, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(decade, fc.double({ min: 1e-300, max: 2, noNaN: true }), decade, (scale, gap, ratio) => {
        const one = mapOf(relu.create(), 1.3, 0.2, 5);
        const other = mapOf(relu.create(), 1.3, 0.2 * scale, 5);
        const a = one.observe(one.step(one.start({ q1: 1, q2: ratio, gap })));
        const b = other.observe(other.step(other.start({ q1: scale, q2: ratio * scale, gap })));
        expect(b.q1 / scale).toBeCloseTo(a.q1, 10);
        expect(Math.abs(b.gap - a.gap)).toBeLessThanOrEqual(1e-12 * a.gap);
      }),
      { seed: 3, numRuns: 100 },
    );
  });
});
