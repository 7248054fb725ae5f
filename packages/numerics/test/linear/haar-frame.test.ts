import { describe, expect, it } from 'vitest';

import { haarFrame } from '../../src/linear/haar-frame.js';
import { createStream } from '../../src/index.js';
import { kolmogorovSmirnov } from '../random/statistics.js';

/** Largest |QᵀQ − I| */
function orthonormalityError(frame: Float64Array, length: number, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? -1 : 0;
      for (let row = 0; row < length; row++) sum += frame[row * count + i]! * frame[row * count + j]!;
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return largest;
}

/** `draws` times the entry of a frame at this row and column */
function entries(
  draws: number,
  [length, count]: readonly [number, number],
  row: number,
  column: number,
): Float64Array {
  const stream = createStream(41, `entries/${length}/${count}/${row}/${column}`);
  return Float64Array.from(
    { length: draws },
    (_, r) => haarFrame(length, count, stream.child(r))[row * count + column]!,
  );
}

describe('haarFrame', () => {
  it.each([
    [1, 1],
    [7, 7],
    [60, 1],
    [49, 48],
    [50, 49],
    [130, 130],
    [3000, 20],
  ])('has orthonormal columns, %i × %i', (length, count) => {
    const frame = haarFrame(length, count, createStream(1, 'frame'));
    expect(frame).toHaveLength(length * count);
    expect(orthonormalityError(frame, length, count)).toBeLessThan(1e-14);
  });

  it.each([
    ['first of the first column', 0, 0],
    ['last of the first column', 2, 0],
    ['first of the last column', 0, 2],
    ['last of the last column', 2, 2],
  ])('has the law of Haar in three dimensions: entries are uniform, the %s', (_, row, column) => {
    // Archimedes: a coordinate of a uniform point of the sphere is uniform.
    expect(kolmogorovSmirnov(entries(2000, [3, 3], row, column), (x) => (1 + x) / 2)).toBeLessThan(1.63);
  });

  it('turns either way, with equal probability, in one dimension', () => {
    const values = entries(2000, [1, 1], 0, 0);
    expect(values.every((x) => Math.abs(Math.abs(x) - 1) < 2e-15)).toBe(true);
    expect(Math.abs(values.reduce((sum, x) => sum + x, 0))).toBeLessThan(3.5 * Math.sqrt(2000));
  });

  it('has the fourth moments of Haar across blocks of reflections', () => {
    // E q_ij² q_kl² = (n + 1)/((n − 1) n (n + 2)) for i ≠ k, j ≠ l, and E q_ij⁴ = 3/(n(n + 2)) (Collins, Śniady 2006).
    const n = 50;
    const stream = createStream(43, 'moments');
    const draws = 250;
    const fourths = new Float64Array(draws);
    const products = new Float64Array(draws);
    for (let draw = 0; draw < draws; draw++) {
      const frame = haarFrame(n, n, stream.child(draw));
      for (let i = 0; i < n; i++) {
        const [diagonal, next] = [frame[i * n + i]!, frame[((i + 1) % n) * n + ((i + 1) % n)]!];
        fourths[draw]! += diagonal ** 4 / n;
        products[draw]! += (diagonal * next) ** 2 / n;
      }
    }
    expectMean(fourths, 3 / (n * (n + 2)));
    expectMean(products, (n + 1) / ((n - 1) * n * (n + 2)));
  });

  it.each([
    [3, 4],
    [3, 0],
    [2.5, 1],
  ])('refuses %d × %d', (length, count) => {
    expect(() => haarFrame(length, count, createStream(1))).toThrow('1 ≤ count ≤ length');
  });
});

function expectMean(values: Float64Array, expected: number): void {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1);
  expect(Math.abs(mean - expected)).toBeLessThan(3.5 * Math.sqrt(variance / values.length));
}
