import { describe, expect, it } from 'vitest';

import {
  blurredPair,
  homogeneousProduct,
  oppositeProduct,
  quadrantProbability,
  rectifiedProduct,
  saturation,
  type BlurredPair,
} from '../../src/index.js';
import values from '../fixtures/angle-values.json' with { type: 'json' };

/** Largest relative error of `compute` over rows whose value is `name`. */
function largestError<Row extends Record<string, number | string>>(
  rows: readonly Row[],
  name: keyof Row,
  compute: (row: Row) => number,
): number {
  const errors = rows.map((row) => {
    const expected = Number(row[name]);
    const actual = compute(row);
    return actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
  });
  return Math.max(...errors);
}

describe('the arc-cosine functions', () => {
  it.each([
    ['quadrantProbability', quadrantProbability],
    ['rectifiedProduct', rectifiedProduct],
    ['oppositeProduct', oppositeProduct],
  ] as const)('%s is within 1e-15 of mpmath, gaps from 1e-100 to 2', (name, moment) => {
    expect(largestError(values.moments, name, ({ gap }) => moment(gap))).toBeLessThan(1e-15);
  });

  it('have their values at the ends', () => {
    expect([0, 1, 2].map(quadrantProbability)).toEqual([0.5, 0.25, 0]);
    expect([rectifiedProduct(0), rectifiedProduct(2)]).toEqual([0.5, 0]);
    expect([oppositeProduct(0), oppositeProduct(2)]).toEqual([0, 0.5]);
  });

  it('add up: E u1 u2 = 2 E(u1₊ u2₊) − 2 E(u1₊ u2₋), and so the drop of the first is gap/2 less the second', () => {
    for (const gap of [0.1, 0.7, 1, 1.6]) {
      expect(2 * rectifiedProduct(gap) - 2 * oppositeProduct(gap)).toBeCloseTo(1 - gap, 15);
      expect(rectifiedProduct(0) - rectifiedProduct(gap)).toBeCloseTo(gap / 2 - oppositeProduct(gap), 15);
    }
  });
});

describe('blurredPair', () => {
  const fields: readonly (keyof BlurredPair)[] = ['alignment', 'startSine', 'cosine', 'sine', 'turn'];

  it.each(fields)('has its %s within 1e-15 of mpmath, q from 1e-8 to 1e15, gaps from 1e-100 to 2', (name) => {
    const error = largestError(values.pairs, name, ({ q1, q2, gap }) => blurredPair(q1, q2, gap)[name]);
    expect(error).toBeLessThan(1e-15);
  });

  it('has no noise left at infinite variances, and nothing but noise at 0', () => {
    const aligned = { alignment: 1, startSine: 0 };
    expect(blurredPair(Infinity, Infinity, 0)).toEqual({ ...aligned, cosine: 1, sine: 0, turn: 0 });
    expect(blurredPair(Infinity, Infinity, 1)).toEqual({ ...aligned, cosine: 0, sine: 1, turn: Math.PI / 2 });
    expect(blurredPair(Infinity, Infinity, 2)).toEqual({ ...aligned, cosine: -1, sine: 0, turn: Math.PI });
    expect(blurredPair(0, Infinity, 0.5)).toEqual({
      alignment: 0,
      startSine: 1,
      cosine: 0,
      sine: 1,
      turn: 0,
    });
    expect([saturation(0), saturation(1e-320), saturation(Infinity)]).toEqual([0, 1e-320, 1]);
  });
});

describe('homogeneousProduct', () => {
  it('scales by both deviations, and 0 wins over Infinity', () => {
    expect(homogeneousProduct(4, 9, 0.5)).toBe(3);
    expect(homogeneousProduct(1e300, 1e300, 0.5) / 1e300).toBeCloseTo(0.5, 14);
    expect(homogeneousProduct(Infinity, 1, -0.5)).toBe(-Infinity);
    expect([
      homogeneousProduct(0, Infinity, 1),
      homogeneousProduct(Infinity, 0, 1),
      homogeneousProduct(Infinity, 1, 0),
    ]).toEqual([0, 0, 0]);
  });
});
