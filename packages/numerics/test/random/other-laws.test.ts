import { MeanfieldError } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createStream } from '../../src/index.js';
import { kolmogorovSmirnov, score } from './statistics.js';

const sample = (count: number, draw: () => number): Float64Array =>
  Float64Array.from({ length: count }, draw);

describe('uniform', () => {
  const stream = createStream(31, 'uniform');
  const values = sample(1 << 19, () => stream.uniform());

  it('is uniform on [0, 1)', () => {
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.63);
    expect(values.every((u) => u >= 0 && u < 1)).toBe(true);
  });

  it('has 53 bits', () => {
    expect(values.every((u) => Number.isInteger(u * 2 ** 53))).toBe(true);
    const lowest = values.map((u) => (u * 2 ** 53) % 2);
    expect(Math.abs(score(lowest, 0.5, 0.25))).toBeLessThan(3.5);
  });
});

describe('beta', () => {
  it.each<[number, number, (x: number) => number]>([
    [2, 1, (x) => x * x],
    [3, 1, (x) => x ** 3],
    [1, 1, (x) => x],
    [1, 3, (x) => 1 - (1 - x) ** 3],
    [0.5, 0.5, (x) => (2 / Math.PI) * Math.asin(Math.sqrt(x))],
    [2, 2, (x) => x * x * (3 - 2 * x)],
    [0.1, 1, (x) => x ** 0.1],
    [1, 0.001, (x) => 1 - (1 - x) ** 0.001],
  ])('follows the law of Beta(%d, %d)', (a, b, cdf) => {
    const stream = createStream(17, `beta/${a}/${b}`);
    // Ties at the last number below 1 are left out: there the law is finer than float64.
    const values = sample(50_000, () => stream.beta(a, b));
    const inside = values.filter((x) => x < 1 - 1e-12);
    const share = cdf(1 - 1e-12);
    expect(Math.abs(inside.length - share * values.length)).toBeLessThanOrEqual(
      3 * Math.sqrt(share * (1 - share) * values.length),
    );
    expect(kolmogorovSmirnov(inside, (x) => cdf(x) / share)).toBeLessThan(1.63);
  });

  it.each([
    [0.01, 0.02],
    [7.5, 3.25],
    [1e3, 2e3],
    [1e-3, 5],
  ])('has mean and variance of Beta(%d, %d)', (a, b) => {
    const stream = createStream(18, `beta/${a}/${b}`);
    const values = sample(100_000, () => stream.beta(a, b));
    const mean = a / (a + b);
    const variance = (mean * (1 - mean)) / (a + b + 1);
    expect(Math.abs(score(values, mean, variance))).toBeLessThan(3.5);
    const spread = values.map((x) => (x - mean) ** 2);
    const spreadVariance = spread.reduce((sum, x) => sum + (x - variance) ** 2, 0) / spread.length;
    expect(Math.abs(score(spread, variance, spreadVariance))).toBeLessThan(3.5);
  });

  it('stays inside (0, 1) at every shape', () => {
    const shape = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(fc.nat(), shape, shape, (seed, a, b) => {
        const value = createStream(seed).beta(a, b);
        expect(value > 0 && value < 1).toBe(true);
      }),
    );
  });

  it.each([
    [0, 1],
    [1, -1],
    [Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses Beta(%d, %d)', (a, b) => {
    expect(() => createStream(0).beta(a, b)).toThrow(MeanfieldError);
  });
});

describe('integer', () => {
  it.each([1, 2, 3, 10, 1000, 3 * 2 ** 30])('is uniform below %i', (bound) => {
    const stream = createStream(19, `integer/${bound}`);
    const cells = Math.min(bound, 1000);
    const counts = new Float64Array(cells);
    const draws = 200_000;
    let strays = 0;
    for (let index = 0; index < draws; index++) {
      const value = stream.integer(bound);
      if (!(value >= 0 && value < bound && Number.isInteger(value))) strays++;
      counts[Math.floor((value / bound) * cells)]! += 1;
    }
    expect(strays).toBe(0);
    const expected = draws / cells;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // Mean cells − 1, variance 2(cells − 1).
    expect(Math.abs(chiSquare - (cells - 1))).toBeLessThanOrEqual(3.5 * Math.sqrt(2 * (cells - 1)));
  });

  it('reaches all 32 bits', () => {
    const one = createStream(4);
    const other = createStream(4);
    expect(one.integer(2 ** 32)).toBe(other.uint32());
  });

  it.each([0, -1, 1.5, 2 ** 32 + 1, Number.NaN])('refuses the bound %d', (bound) => {
    expect(() => createStream(0).integer(bound)).toThrow(MeanfieldError);
  });
});
