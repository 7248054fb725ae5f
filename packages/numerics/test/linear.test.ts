import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { choleskyPivoted, createStream, multiply, solveLower, solveUpper } from '../src/index.js';

const normals = (length: number, name: string): Float64Array => {
  const out = new Float64Array(length);
  createStream(11, name).fillNormal(out, 1);
  return out;
};

const tripleLoop = (a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array => {
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (let l = 0; l < k; l++) out[i * n + j]! += a[i * k + l]! * b[l * n + j]!;
    }
  }
  return out;
};

const transpose = (a: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from({ length: a.length }, (_, i) => a[(i % rows) * columns + Math.floor(i / rows)]!);

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i]!)), 0);

/** A Gram matrix of rank ≤ `rank` */
const gram = (n: number, rank: number, name: string): Float64Array => {
  const s = normals(n * rank, name);
  return tripleLoop(s, transpose(s, n, rank), n, rank, n);
};

describe('multiply', () => {
  it('agrees with the triple loop for every size', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (m, k, n) => {
          const a = normals(m * k, 'a');
          const b = normals(k * n, 'b');
          const out = new Float64Array(m * n).fill(NaN);
          multiply(a, b, out, m, k, n);
          expect(largestDifference(out, tripleLoop(a, b, m, k, n))).toBeLessThan(1e-13);
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });

  it('agrees beyond the depth of one block', () => {
    const [m, k, n] = [7, 600, 9];
    const a = normals(m * k, 'a');
    const b = normals(k * n, 'b');
    const out = new Float64Array(m * n);
    multiply(a, b, out, m, k, n);
    expect(largestDifference(out, tripleLoop(a, b, m, k, n))).toBeLessThan(1e-12);
  });

  it('refuses arrays that are too short', () => {
    const short = new Float64Array(3);
    expect(() => multiply(short, new Float64Array(4), new Float64Array(4), 2, 2, 2)).toThrow(
      /4 entries in `a`/,
    );
  });
});

describe('choleskyPivoted', () => {
  it.each([
    [1, 1],
    [6, 6],
    [6, 3],
    [40, 40],
    [40, 17],
  ])('factors a Gram matrix of size %s and rank %s', (n, rank) => {
    const a = gram(n, rank, `gram-${n}-${rank}`);
    const result = choleskyPivoted(a, n);
    expect(result.rank).toBe(rank);
    const l = result.factor;
    const product = tripleLoop(l, transpose(l, n, n), n, n, n);
    const permuted = Float64Array.from(
      { length: n * n },
      (_, i) => a[result.permutation[Math.floor(i / n)]! * n + result.permutation[i % n]!]!,
    );
    const scale = a.reduce((worst, x) => Math.max(worst, Math.abs(x)), 0);
    expect(largestDifference(product, permuted)).toBeLessThan(1e-13 * scale);
    for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) expect(l[i * n + j]).toBe(0);
  });

  it('finds rank 0 of the zero matrix and rank 1 of equal inputs', () => {
    expect(choleskyPivoted(new Float64Array(9), 3).rank).toBe(0);
    expect(choleskyPivoted(new Float64Array(9).fill(2), 3).rank).toBe(1);
  });

  it('refuses what is not positive semi-definite, not finite, or not square', () => {
    expect(() => choleskyPivoted(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/semi-definite/);
    expect(() => choleskyPivoted(Float64Array.of(1, 0, 0, NaN), 2)).toThrow(/not finite/);
    expect(() => choleskyPivoted(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow(/not finite/);
    expect(() => choleskyPivoted(new Float64Array(5), 2)).toThrow(/2 × 2/);
  });
});

describe('triangular solves', () => {
  it('solve L Lᵀ X = P B', () => {
    const [n, columns] = [12, 3];
    const a = gram(n, n, 'solve');
    const { factor, permutation } = choleskyPivoted(a, n);
    const x = normals(n * columns, 'x');
    const b = tripleLoop(a, x, n, n, columns);
    const rhs = Float64Array.from(
      { length: n * columns },
      (_, i) => b[permutation[Math.floor(i / columns)]! * columns + (i % columns)]!,
    );
    solveLower(factor, n, rhs, columns);
    solveUpper(factor, n, rhs, columns);
    for (let i = 0; i < n * columns; i++) {
      const original = permutation[Math.floor(i / columns)]! * columns + (i % columns);
      expect(rhs[i]).toBeCloseTo(x[original]!, 7);
    }
  });

  it('refuse a factor without full rank and a wrong size', () => {
    const { factor } = choleskyPivoted(new Float64Array(9).fill(1), 3);
    expect(() => solveLower(factor, 3, new Float64Array(3))).toThrow(/0 on its diagonal in row 1/);
    expect(() => solveUpper(new Float64Array(9).fill(1), 3, new Float64Array(4))).toThrow(/3 × 1/);
  });
});
