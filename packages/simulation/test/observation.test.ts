import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { observe, type Batch, type LayerObservation } from '../src/observation.js';

const observed = (rows: readonly (readonly number[])[]): LayerObservation => {
  const width = rows[0]!.length;
  const batch: Batch = { values: Float64Array.from(rows.flat()), count: rows.length, width };
  return observe(batch, new Float64Array(rows.length * width));
};

describe('observe', () => {
  it('is the mean over pairs of 1 − cos', () => {
    const [count, width] = [6, 9];
    const values = new Float64Array(count * width);
    createStream(1, 'rows').fillNormal(values, 3);
    const rows = Array.from({ length: count }, (_, row) => [...values.slice(row * width, (row + 1) * width)]);
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    const gaps = rows.flatMap((a, i) =>
      rows.slice(i + 1).map((b) => 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))),
    );
    const expected = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const { q, gap, deadFraction } = observed(rows);
    expect(gap).toBeCloseTo(expected, 14);
    expect(q).toBeCloseTo(dot([...values], [...values]) / values.length, 13);
    expect(deadFraction).toBe(values.filter((h) => h <= 0).length / values.length);
  });

  it('keeps the digits of a small gap', () => {
    const angle = 1e-9;
    const { gap } = observed([
      [1, 0],
      [3 * Math.cos(angle), 3 * Math.sin(angle)],
    ]);
    // 1 − cos 1e-9 = 5e-19, which 1 − c in float64 cannot show
    expect(gap! / 5e-19 - 1).toBeLessThan(1e-7);
    expect(gap).toBeGreaterThan(4.9e-19);
    expect(
      observed([
        [1, 2],
        [2, 4],
      ]).gap,
    ).toBe(0);
    expect(
      observed([
        [1, 2],
        [-1, -2],
      ]).gap,
    ).toBeCloseTo(2, 14);
  });

  it('does not lose small or large signals', () => {
    expect(
      observed([
        [1e-200, 0],
        [0, 1e200],
      ]).gap,
    ).toBeCloseTo(1, 14);
  });

  it('leaves inputs without a signal out of the gap, and has none with fewer than two', () => {
    expect(
      observed([
        [0, 0],
        [1, 0],
        [0, 1],
      ]).gap,
    ).toBeCloseTo(1, 14);
    expect(
      observed([
        [0, 0],
        [1, 0],
      ]).gap,
    ).toBeNull();
    expect(
      observed([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual({ q: 0, gap: null, deadFraction: 1 });
  });
});
