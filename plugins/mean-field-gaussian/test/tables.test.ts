import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, MeanFieldMap, SignalPair } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import gaussian from '../src/index.js';
import { erfActivation, gelu, leakyRelu, shiftedHardTanh, softplus, step } from './activations.js';

const model = gaussian.create();

function mapOf(
  activation: Activation,
  weightVariance: number,
  biasVariance = 0,
  k = 0,
  by = model,
): MeanFieldMap {
  return by.map(activation, {
    law: 'gaussian-rows',
    weightVariance,
    biasVariance,
    correlationStrength: k,
  });
}

function tabulatedOf(map: MeanFieldMap): MeanFieldMap {
  const tabulated = map.tabulated?.();
  if (tabulated === undefined) throw new Error('no tables');
  return tabulated;
}

const next = (map: MeanFieldMap, pair: SignalPair): SignalPair => map.observe(map.step(map.start(pair)));
const after = (map: MeanFieldMap, pair: SignalPair, layers: number): SignalPair =>
  map.observe(map.advance?.(map.start(pair), layers) ?? Number.NaN);
function steps(map: MeanFieldMap, pair: SignalPair, layers: number): SignalPair {
  let state = map.start(pair);
  for (let layer = 0; layer < layers; layer++) state = map.step(state);
  return map.observe(state);
}

function expectPair(actual: SignalPair, expected: SignalPair, relative: number, where: string): void {
  for (const name of ['q1', 'q2', 'gap'] as const) {
    const error = Math.abs(actual[name] - expected[name]);
    expect(error, `${name} ${actual[name]}, not ${expected[name]} ${where}`).toBeLessThanOrEqual(
      relative * expected[name],
    );
  }
}

/** Lengths within the tables of each, gaps down to 1e-14 and up to 2 */
const length = fc.double({ min: -12, max: 3, noNaN: true }).map((x) => 2 ** x);
const gap = fc.oneof(
  fc.double({ min: -14, max: 0, noNaN: true }).map((x) => 10 ** x),
  fc.double({ min: 1, max: 2, noNaN: true }),
);

describe.each([tanh.create(), erfActivation, softplus, gelu])('tables of $name', (activation) => {
  it.each([0, 100, -0.5])('agree with the direct map at random lengths and gaps, k = %f', (k) => {
    const direct = mapOf(activation, 1.7, 0.1, k);
    const tabulated = tabulatedOf(direct);
    expect(tabulated.method).toMatch(/tabulated at equal lengths to 1e-12/);
    fc.assert(
      fc.property(length, gap, (q, each) => {
        const pair = { q1: q, q2: q, gap: each };
        const where = `at ${JSON.stringify(pair)}`;
        expectPair(next(tabulated, pair), next(direct, pair), 2e-14, where);
        const expected = direct.linearise(direct.start(pair));
        const actual = tabulated.linearise(tabulated.start(pair));
        for (const name of ['lengthSlope', 'chi1', 'correlationSlope'] as const) {
          const error = Math.abs(actual[name] / expected[name] - 1);
          expect(error, `${name} ${actual[name]}, not ${expected[name]} ${where}`).toBeLessThan(1e-11);
        }
        const [handed, known] = [tabulated, direct].map((map) => map.activity(map.start(pair)));
        expect(handed?.meanSquare).toBeCloseTo(known?.meanSquare ?? NaN, 13);
        expect(handed?.mean).toBeCloseTo(known?.mean ?? NaN, 13);
      }),
      { seed: 2, numRuns: 60, endOnFailure: true },
    );
  });

  it('take a hundred layers at once as the direct map takes them one by one', () => {
    for (const [w, b, k] of [
      [0.8, 0.2, 0],
      [1.5, 0.02, 0],
      [1.2, 0.1, 100],
    ] as const) {
      for (const each of [1e-14, 0.5, 1.7]) {
        const direct = mapOf(activation, w, b, k);
        const pair = { q1: 1.3, q2: 1.3, gap: each };
        const where = `after ${JSON.stringify({ w, b, k, each })}`;
        expectPair(after(tabulatedOf(direct), pair, 100), steps(direct, pair, 100), 2e-12, where);
      }
    }
  });

  it('hold the same bits whatever was asked before', () => {
    const questions = [
      { q1: 0.3, q2: 0.3, gap: 0.2 },
      { q1: 2.9, q2: 2.9, gap: 1.6 },
      { q1: 0.31, q2: 0.31, gap: 1e-3 },
    ];
    const answers = (order: readonly SignalPair[]): readonly SignalPair[] => {
      const map = tabulatedOf(mapOf(activation, 1.2, 0.1, 1, gaussian.create()));
      return order.map((pair) => next(map, pair));
    };
    expect(answers(questions.toReversed()).toReversed()).toEqual(answers(questions));
  });
});

describe('where tables do not reach', () => {
  it('the direct map answers: unequal lengths, lengths out of range, jumps, kinks without closed forms', () => {
    const pairs: readonly SignalPair[] = [
      { q1: 1, q2: 2, gap: 0.3 },
      { q1: 1e-40, q2: 1e-40, gap: 0.3 },
      { q1: 1e30, q2: 1e30, gap: 0 },
      { q1: 0, q2: 0, gap: 0.3 },
    ];
    for (const activation of [tanh.create(), softplus]) {
      const direct = mapOf(activation, 1.7, 0.1, 3);
      for (const pair of pairs) {
        expectPair(next(tabulatedOf(direct), pair), next(direct, pair), 1e-13, JSON.stringify(pair));
      }
    }
    for (const activation of [shiftedHardTanh, step]) {
      const direct = mapOf(activation, 1.7, 0.1, 3);
      const pair = { q1: 1.3, q2: 1.3, gap: 0.4 };
      expectPair(next(tabulatedOf(direct), pair), next(direct, pair), 1e-12, activation.name);
    }
  });

  it('homogeneous activations need none', () => {
    expect(mapOf(relu.create(), 1)).not.toHaveProperty('tabulated');
  });

  it('nothing is NaN or without end, σ_w² 1e-6 to 1e6, σ_b² 0 to 1e6', () => {
    const variance = fc.double({ min: -6, max: 6, noNaN: true }).map((x) => 10 ** x);
    const bias = fc.oneof(fc.constant(0), variance);
    fc.assert(
      fc.property(variance, bias, fc.constantFrom(0, 100, -0.9), gap, (w, b, k, each) => {
        for (const map of [mapOf(relu.create(), w, b, k), tabulatedOf(mapOf(erfFast, w, b, k))]) {
          const { q1, q2, gap: last } = after(map, { q1: 1, q2: 1, gap: each }, 1000);
          expect(q1 >= 0 && q1 === q2 && last >= 0 && last <= 2, `${q1}, ${last}`).toBe(true);
        }
      }),
      { seed: 4, numRuns: 40, endOnFailure: true },
    );
  });
});

/** erf with its closed forms at equal lengths, so that lengths of 1e6 cost no quadrature */
const erfFast: Activation = {
  ...erfActivation,
  closedForms: {
    meanSquare: (q) => (2 / Math.PI) * Math.asin((2 * q) / (1 + 2 * q)),
    mean: () => 0,
    productDrop(q, _, each) {
      const x = (2 * q) / (1 + 2 * q);
      return (2 / Math.PI) * (Math.asin(x) - Math.asin(x * (1 - each)));
    },
  },
};

describe('many layers at once', () => {
  const pair = fc.record({ q1: length, q2: length, gap });
  it.each([
    ['relu', relu.create()],
    ['leaky-relu', leakyRelu],
  ])('of %s are single steps', (_, activation) => {
    const variance = fc.double({ min: 0.1, max: 4, noNaN: true });
    fc.assert(
      fc.property(pair, variance, variance, fc.constantFrom(0, 100, -0.5), (start, w, b, k) => {
        const map = mapOf(activation, w, b - 0.1, k);
        for (const each of [start, { ...start, q2: start.q1 }]) {
          const where = JSON.stringify({ each, w, b, k });
          expectPair(after(map, each, 100), steps(map, each, 100), 1e-12, where);
        }
      }),
      { seed: 6, numRuns: 60, endOnFailure: true },
    );
  });

  it('end where lengths leave float64, with the gap that they leave', () => {
    const map = mapOf(relu.create(), 1e6);
    const start = { q1: 1, q2: 1, gap: 0.5 };
    expect(after(map, start, 5000)).toMatchObject({ q1: Infinity });
    expect(after(map, start, 5000).gap / steps(map, start, 5000).gap).toBeCloseTo(1, 11);
    expect(after(mapOf(relu.create(), 0), start, 3)).toEqual({ q1: 0, q2: 0, gap: 0.5 });
    expect(after(map, start, 0)).toEqual(start);
  });

  it('stop where nothing changes any more', () => {
    const map = mapOf(tanh.create(), 0.9, 0.1);
    const start = { q1: 1, q2: 1.1, gap: 0 };
    const settled = after(map, start, 1e9);
    expect(next(map, settled)).toEqual(settled);
  });
});
