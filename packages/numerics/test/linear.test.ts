import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  choleskyInOrder,
  createStream,
  multiply,
  solveRight,
  solveUpper,
  solveUpperTransposed,
} from '../src/index.js';

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

/** U, rows of which are 0 where they were left out, and the rows that were kept */
function factorOf(
  a: Float64Array,
  n: number,
  tolerance?: number,
): { readonly upper: Float64Array; readonly kept: Int32Array } {
  const upper = a.slice();
  const kept = choleskyInOrder(upper, n, tolerance);
  return { upper, kept };
}

describe('choleskyInOrder', () => {
  it.each([
    [1, 1],
    [6, 6],
    [6, 3],
    [47, 47],
    [49, 49],
    [110, 110],
    [110, 50],
  ])('factors a Gram matrix of size %s and rank %s', (n, rank) => {
    const a = gram(n, rank, `gram-${n}-${rank}`);
    const { upper, kept } = factorOf(a, n, 1e-9);
    expect([...kept]).toEqual(Array.from({ length: rank }, (_, i) => i));
    const product = tripleLoop(transpose(upper, n, n), upper, n, n, n);
    const scale = a.reduce((worst, x) => Math.max(worst, Math.abs(x)), 0);
    expect(largestDifference(product, a)).toBeLessThan(1e-13 * scale);
    for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) expect(upper[i * n + j]).toBe(0);
  });

  it('leaves out a row that repeats one before it, wherever it stands', () => {
    const n = 60;
    const s = normals(n * 80, 'repeats');
    for (const [copy, of] of [
      [5, 2],
      [50, 2],
      [55, 54],
    ] as const)
      s.copyWithin(copy * 80, of * 80, (of + 1) * 80);
    const a = tripleLoop(s, transpose(s, n, 80), n, 80, n);
    const { upper, kept } = factorOf(a, n);
    expect([...kept]).toEqual(Array.from({ length: n }, (_, i) => i).filter((i) => ![5, 50, 55].includes(i)));
    expect(largestDifference(tripleLoop(transpose(upper, n, n), upper, n, n, n), a)).toBeLessThan(1e-12);
  });

  it('keeps no row of the zero matrix and one of equal rows', () => {
    expect(choleskyInOrder(new Float64Array(9), 3)).toHaveLength(0);
    expect(choleskyInOrder(new Float64Array(9).fill(2), 3)).toHaveLength(1);
  });

  it('refuses what is not positive semi-definite, not finite, or not square', () => {
    expect(() => choleskyInOrder(Float64Array.of(1, 2, 2, 1), 2)).toThrow(/semi-definite/);
    expect(() => choleskyInOrder(Float64Array.of(1, 0, 0, NaN), 2)).toThrow(/pivot of NaN/);
    expect(() => choleskyInOrder(Float64Array.of(1, NaN, NaN, 1), 2)).toThrow(/pivot of NaN/);
    expect(() => choleskyInOrder(new Float64Array(3), 2)).toThrow(/2 × 2/);
  });
});

describe('triangular solves', () => {
  const [n, columns] = [70, 3];
  const s = normals(n * 200, 'solve');
  const a = tripleLoop(s, transpose(s, n, 200), n, 200, n);
  const { upper } = factorOf(a, n);

  it('solve Uᵀ U X = B', () => {
    const x = normals(n * columns, 'x');
    const rhs = tripleLoop(a, x, n, n, columns);
    solveUpperTransposed(upper, n, rhs, columns);
    solveUpper(upper, n, rhs, columns);
    expect(largestDifference(rhs, x)).toBeLessThan(1e-12);
  });

  it('solve Y U = B, row by row', () => {
    const y = normals(columns * n, 'y');
    const rows = tripleLoop(y, upper, columns, n, n);
    solveRight(upper, n, rows, columns);
    expect(largestDifference(rows, y)).toBeLessThan(1e-12);
  });

  it('refuse a factor without full rank and a wrong size', () => {
    const deficient = factorOf(new Float64Array(9).fill(1), 3).upper;
    expect(() => solveUpper(deficient, 3, new Float64Array(3), 1)).toThrow(/0 on its diagonal in row 1/);
    expect(() => solveRight(deficient, 3, new Float64Array(3), 1)).toThrow(/0 on its diagonal in row 1/);
    expect(() => solveUpper(new Float64Array(9).fill(1), 3, new Float64Array(2), 1)).toThrow(/3 × 1/);
  });
});
