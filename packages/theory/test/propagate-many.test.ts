import erf from '@meanfield/activation-erf';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { MeanFieldModel, SignalPairs } from '@meanfield/core';
import gaussian from '@meanfield/mean-field-gaussian';
import { describe, expect, it } from 'vitest';

import { propagate, propagateMany } from '../src/index.js';
import fixture from './fixtures/gaps.json' with { type: 'json' };
import { gaussianMapOf, relativeError } from './maps.js';

/** σ_w², σ_b², length, gap */
const POINTS = [0.3, 0.8, 1.3, 1.9, 2.6, 4].flatMap((weightVariance) =>
  [0, 0.01, 0.4].flatMap((biasVariance) =>
    [0.02, 1, 40].flatMap((length) =>
      [1e-12, 0.01, 0.5, 1.1, 1.9].map((gap) => [weightVariance, biasVariance, length, gap] as const),
    ),
  ),
);

type Point = (typeof POINTS)[number];

function pairsOf(points: readonly Point[]): SignalPairs {
  const column = (index: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(points, (point) => point[index]);
  return { weightVariances: column(0), biasVariances: column(1), lengths: column(2), gaps: column(3) };
}

const pairs = pairsOf(POINTS);
const model = gaussian.create();

describe('propagateMany', () => {
  it.each([
    ['erf', erf.create(), POINTS, 1e-12],
    ['relu', relu.create(), POINTS, 1e-12],
    // Slow maps, so fewer points: lengths of order one, where there are tables.
    ['tanh', tanh.create(), POINTS.filter(([, , length], i) => length === 1 && i % 4 === 0), 1e-10],
  ] as const)('is propagate at every pair, for %s', (_name, activation, points, allowed) => {
    const { lengths, gaps } = propagateMany(model, activation, pairsOf(points), 30);
    for (const [i, [weightVariance, biasVariance, length, gap]] of points.entries()) {
      const map = gaussianMapOf(activation, weightVariance, biasVariance);
      const end = propagate(map, { q1: length, q2: length, gap }, 30);
      const at = points[i]?.join();
      expect(relativeError(lengths[i]!, end.q1), `length of ${at}`).toBeLessThan(allowed);
      expect(relativeError(gaps[i]!, end.gap), `gap of ${at}`).toBeLessThan(allowed);
    }
  });

  it('leaves its input as it is, and gives it back at depth 0', () => {
    const before = structuredClone(pairs);
    expect(propagateMany(model, erf.create(), pairs, 0)).toEqual(before);
    propagateMany(model, erf.create(), pairs, 5);
    expect(pairs).toEqual(before);
  });

  it.each(fixture.values.filter(({ activation }) => activation === 'erf'))(
    'keeps the digits of 1 − c = 1e-14 over 100 layers of erf at ($weightVariance, $biasVariance)',
    ({ weightVariance, biasVariance, correlationStrength, q, layers }) => {
      expect(correlationStrength).toBe(0);
      const start = {
        weightVariances: Float64Array.of(weightVariance),
        biasVariances: Float64Array.of(biasVariance),
        lengths: Float64Array.of(q),
        gaps: Float64Array.of(1e-14),
      };
      const { lengths, gaps } = propagateMany(model, erf.create(), start, 100);
      expect(relativeError(lengths[0]!, Number(layers['100'].q))).toBeLessThan(2e-13);
      expect(relativeError(gaps[0]!, Number(layers['100'].gap))).toBeLessThan(2e-13);
    },
  );

  it('asks a model without a quick way for its maps', () => {
    const plain: MeanFieldModel = { ...model, pairs: () => undefined };
    const [slow, quick] = [plain, model].map((each) => propagateMany(each, erf.create(), pairs, 10));
    for (const [i, gap] of slow!.gaps.entries())
      expect(relativeError(quick!.gaps[i]!, gap)).toBeLessThan(1e-12);
  });

  it.each([
    ['a variance below 0', { weightVariances: Float64Array.of(-1) }],
    ['a length that is none', { lengths: Float64Array.of(Infinity) }],
    ['a gap beyond 2', { gaps: Float64Array.of(2.1) }],
    ['NaN', { biasVariances: Float64Array.of(NaN) }],
    ['arrays of different sizes', { biasVariances: new Float64Array(2) }],
  ])('refuses %s', (_what, wrong) => {
    const one = Float64Array.of(1);
    const given = { weightVariances: one, biasVariances: one, lengths: one, gaps: one, ...wrong };
    expect(() => propagateMany(model, erf.create(), given, 3)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
  });
});
