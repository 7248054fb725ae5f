import type { LayerBatch } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import {
  createStream,
  kappaOf,
  sampleGaussianPreActivations,
  sampleReplacedEntryPreActivations,
  sampleReplacedEntryRows,
} from '../../src/index.js';

const [FAN_IN, FAN_OUT, INPUTS] = [20, 120_000, 3];

/** Signals of which the third is a combination of the others, and not centred */
function signals(): Float64Array {
  const values = new Float64Array(FAN_IN * INPUTS);
  createStream(4, 'signals').fillNormal(values, 1);
  for (let unit = 0; unit < FAN_IN; unit++) {
    const at = unit * INPUTS;
    values[at] = Math.max(0, values[at]!);
    values[at + 2] = values[at] - 0.5 * values[at + 1]!;
  }
  return values;
}

const batch = (fanOut = FAN_OUT): LayerBatch => ({
  fanIn: FAN_IN,
  fanOut,
  inputs: INPUTS,
  signals: signals(),
  preActivations: new Float64Array(fanOut * INPUTS),
});

const pairs = Array.from(
  { length: INPUTS * INPUTS },
  (_, at) => [Math.floor(at / INPUTS), at % INPUTS] as const,
);

/** Mean over units of f(h), and its standard error */
function meanOf(values: Float64Array, f: (h: Float64Array) => number): { mean: number; error: number } {
  let [sum, squares] = [0, 0];
  const count = values.length / INPUTS;
  for (let unit = 0; unit < count; unit++) {
    const value = f(values.subarray(unit * INPUTS, (unit + 1) * INPUTS));
    sum += value;
    squares += value * value;
  }
  const mean = sum / count;
  return { mean, error: Math.sqrt((squares / count - mean * mean) / count) };
}

describe('sampleGaussianPreActivations', () => {
  const law = { weightVariance: 1.7, biasVariance: 0.2, correlationStrength: 3 };

  /** (σ_w²/N)(S_iᵀS_j − (κ/N) ΣS_i ΣS_j) */
  function covariance(i: number, j: number): number {
    const s = signals();
    let [product, sumI, sumJ] = [0, 0, 0];
    for (let unit = 0; unit < FAN_IN; unit++) {
      const a = s[unit * INPUTS + i]!;
      const b = s[unit * INPUTS + j]!;
      product += a * b;
      sumI += a;
      sumJ += b;
    }
    const kappa = kappaOf(law.correlationStrength);
    return (law.weightVariance / FAN_IN) * (product - (kappa / FAN_IN) * sumI * sumJ);
  }

  it('has the covariance of its rows, and fourth moments of a normal law', () => {
    const drawn = batch();
    sampleGaussianPreActivations(drawn, law, createStream(1, 'gaussian'));
    for (const [i, j] of pairs) {
      const wanted = covariance(i, j) + law.biasVariance;
      const { mean, error } = meanOf(drawn.preActivations, (h) => h[i]! * h[j]!);
      expect(Math.abs(mean - wanted), `E h${i} h${j}`).toBeLessThan(4.5 * error);
      expect(error).toBeLessThan(0.01 * (covariance(i, i) + covariance(j, j)));
    }
    const fourth = meanOf(drawn.preActivations, (h) => h[0]! ** 4);
    expect(Math.abs(fourth.mean - 3 * (covariance(0, 0) + law.biasVariance) ** 2)).toBeLessThan(
      4.5 * fourth.error,
    );
  });

  it('scales the weights of a unit and not its bias', () => {
    const drawn = batch();
    const scales = Float64Array.from({ length: FAN_OUT }, (_, unit) => (unit % 2 === 0 ? 0 : 2));
    sampleGaussianPreActivations(drawn, law, createStream(1, 'scaled'), scales);
    const { mean, error } = meanOf(drawn.preActivations, (h) => h[0]! * h[1]!);
    expect(Math.abs(mean - (2 * covariance(0, 1) + law.biasVariance))).toBeLessThan(4.5 * error);
    // A unit of scale 0 has its bias at every input.
    expect(drawn.preActivations[0]).toBe(drawn.preActivations[2]);
    expect(() => sampleGaussianPreActivations(batch(4), law, createStream(1, 'x'), scales)).toThrow(
      /4 scales/,
    );
  });

  it('shares its normals between weight variances: without biases the draw is proportional to σ_w', () => {
    const [small, large] = [batch(50), batch(50)];
    const at = (weightVariance: number) => ({ ...law, biasVariance: 0, weightVariance });
    sampleGaussianPreActivations(small, at(1), createStream(1, 'common'));
    sampleGaussianPreActivations(large, at(4), createStream(1, 'common'));
    small.preActivations.forEach((h, index) =>
      expect(Math.abs(large.preActivations[index]! - 2 * h)).toBeLessThan(1e-12),
    );
  });

  it.each([
    ['a variance below 0', { ...law, weightVariance: -1 }],
    ['a bias variance that is not a number', { ...law, biasVariance: NaN }],
    ['k at −1', { ...law, correlationStrength: -1 }],
  ])('refuses %s', (_, wrong) => {
    expect(() => sampleGaussianPreActivations(batch(4), wrong, createStream(1, 'x'))).toThrow(/Expected/);
  });

  it('refuses arrays of other sizes and shared memory', () => {
    const drawn = batch(4);
    const draw = (other: Partial<LayerBatch>) => () =>
      sampleGaussianPreActivations({ ...drawn, ...other }, law, createStream(1, 'x'));
    expect(draw({ inputs: 0 })).toThrow(/inputs to be an integer of at least 1/);
    expect(draw({ signals: new Float64Array(3) })).toThrow(/3 signals/);
    const memory = new Float64Array(FAN_IN * INPUTS);
    expect(draw({ signals: memory, preActivations: memory.subarray(0, 4 * INPUTS) })).toThrow(/overlap/);
  });
});

describe('sampleReplacedEntryPreActivations', () => {
  const law = {
    law: 'replaced-entry-rows',
    weightVariance: 0.9,
    correlationStrength: 5,
    replacement: { law: 'beta', a: 2, b: 1 },
  } as const;

  it('has the moments of rows that are formed', () => {
    const [exact, formed] = [batch(), new Float64Array(FAN_OUT * INPUTS)];
    sampleReplacedEntryPreActivations(exact, law, createStream(2, 'conditional'));
    const layer = {
      fanIn: FAN_IN,
      fanOut: FAN_OUT,
      weights: new Float64Array(FAN_IN * FAN_OUT),
      bias: new Float64Array(FAN_OUT),
    };
    sampleReplacedEntryRows(layer, law, createStream(2, 'formed'));
    const s = signals();
    for (let unit = 0; unit < FAN_OUT; unit++) {
      for (let i = 0; i < INPUTS; i++) {
        let sum = layer.bias[unit]!;
        for (let n = 0; n < FAN_IN; n++) sum += layer.weights[n * FAN_OUT + unit]! * s[n * INPUTS + i]!;
        formed[unit * INPUTS + i] = sum;
      }
    }
    const measures: readonly (readonly [string, (h: Float64Array) => number])[] = [
      ...pairs.map(([i, j]) => [`E h${i} h${j}`, (h: Float64Array) => h[i]! * h[j]!] as const),
      ...[0, 1, 2].map((i) => [`E h${i}`, (h: Float64Array) => h[i]!] as const),
      ...[0, 1, 2].map((i) => [`E h${i}⁴`, (h: Float64Array) => h[i]! ** 4] as const),
      ['P(h0 ≤ 0)', (h) => (h[0]! <= 0 ? 1 : 0)],
      ['E h0³ h1', (h) => h[0]! ** 3 * h[1]!],
    ];
    for (const [name, f] of measures) {
      const [a, b] = [meanOf(exact.preActivations, f), meanOf(formed, f)];
      expect(Math.abs(a.mean - b.mean), name).toBeLessThan(4.5 * Math.hypot(a.error, b.error));
    }
  });

  it('refuses a beta law out of range', () => {
    const wrong = { ...law, replacement: { law: 'beta', a: 0, b: 1 } } as const;
    expect(() => sampleReplacedEntryPreActivations(batch(4), wrong, createStream(1, 'x'))).toThrow(/beta/);
  });
});
