import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  createStream,
  largestSingularValues,
  multiply,
  multiplyTransposed,
  singularValues,
  type LinearMap,
} from '../../src/index.js';
import { plainJacobiEngine } from '../../src/linear/orthogonal-rows-plain.js';
import { orthogonaliseRows } from '../../src/linear/orthogonal-rows.js';
import fixture from '../fixtures/singular-values.json' with { type: 'json' };

const normals = (length: number, name: string): Float64Array => {
  const out = new Float64Array(length);
  createStream(13, name).fillNormal(out, 1);
  return out;
};

const worstOf = (found: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(found).toHaveLength(expected.length);
  return Array.from(found, (value, i) => Math.abs(value / expected[i]! - 1)).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
};

/** 1 on the diagonal, −1 below it: values 2 cos(kπ/(2n + 1)), k = 1 … n */
const differences = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => {
    const below = Math.floor(at / n) - (at % n);
    return below === 0 ? 1 : below === 1 ? -1 : 0;
  });

/** A matrix as a map of vectors that lie one behind the other; counts products. */
function mapOf(matrix: Float64Array, rows: number, columns: number): LinearMap & { products: number } {
  return {
    rows,
    columns,
    products: 0,
    apply(vectors, count) {
      this.products++;
      const out = new Float64Array(count * rows);
      multiplyTransposed(vectors, matrix, out, count, columns, rows);
      return out;
    },
    applyTransposed(vectors, count) {
      const out = new Float64Array(count * columns);
      multiply(vectors, matrix, out, count, rows, columns);
      return out;
    },
  };
}

describe('orthogonaliseRows', () => {
  it.each([
    [1, 1],
    [5, 3],
    [12, 14],
    [17, 21],
  ])('gives the same bits in plain TypeScript, %i × %i', (rows, columns) => {
    const graded = normals(rows * columns, 'bits').map((x, at) => x * 1e3 ** (at % rows));
    const plain = graded.slice();
    orthogonaliseRows(plain, rows, columns, plainJacobiEngine());
    const fast = graded.slice();
    orthogonaliseRows(fast, rows, columns);
    expect(fast).toEqual(plain);
    // Rows beyond the rank end as rounding.
    if (rows > columns) return;
    for (let p = 0; p < rows; p++) {
      const row = plain.subarray(p * columns, (p + 1) * columns);
      for (let q = 0; q < p; q++) {
        const other = plain.subarray(q * columns, (q + 1) * columns);
        const product = row.reduce((sum, x, i) => sum + x * other[i]!, 0);
        expect(Math.abs(product) / Math.hypot(...row) / Math.hypot(...other)).toBeLessThan(1e-14);
      }
    }
  });
});

describe('singularValues', () => {
  it.each(fixture.cases)('has small values relative to themselves: $name', ({ rows, values }) => {
    const found = singularValues(Float64Array.from(rows.flat()), rows.length, rows[0]!.length);
    expect(worstOf(found, values)).toBeLessThan(1e-14);
  });

  it('agrees with closed forms', () => {
    const n = 60;
    const cosines = Array.from({ length: n }, (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (2 * n + 1)));
    expect(worstOf(singularValues(differences(n), n, n), cosines)).toBeLessThan(1e-13);
    // Sylvester's Hadamard matrix: all values √n
    const hadamard = Float64Array.from({ length: 64 * 64 }, (_, at) => {
      const common = (at % 64) & Math.floor(at / 64);
      return common.toString(2).replaceAll('0', '').length % 2 === 0 ? 1 : -1;
    });
    expect(worstOf(singularValues(hadamard, 64, 64), new Float64Array(64).fill(8))).toBeLessThan(1e-14);
    expect(singularValues(new Float64Array(6), 2, 3)).toEqual(new Float64Array(2));
    expect(singularValues(new Float64Array(0), 0, 3)).toHaveLength(0);
  });

  it('is 0 to rounding beyond the rank', () => {
    const [left, right] = [normals(20 * 3, 'left'), normals(3 * 15, 'right')];
    const matrix = new Float64Array(20 * 15);
    multiply(left, right, matrix, 20, 3, 15);
    const values = singularValues(matrix, 20, 15);
    expect(values[2]! / values[0]!).toBeGreaterThan(0.1);
    expect(values[3]! / values[0]!).toBeLessThan(1e-15);
  });

  it('keeps sums of squares, follows scales over all of float64, and ignores transposition', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: -1000, max: 1000 }),
        (rows, columns, exponent) => {
          const matrix = normals(rows * columns, `${rows}/${columns}`);
          const values = singularValues(matrix, rows, columns);
          const squares = matrix.reduce((sum, x) => sum + x * x, 0);
          expect(values.reduce((sum, x) => sum + x * x, 0) / squares).toBeCloseTo(1, 13);
          const scaled = singularValues(
            matrix.map((x) => x * 2 ** exponent),
            rows,
            columns,
          );
          expect(
            worstOf(
              scaled,
              values.map((x) => x * 2 ** exponent),
            ),
          ).toBeLessThan(1e-13);
          const transposed = matrix.map((_, at) => matrix[(at % rows) * columns + Math.floor(at / rows)]!);
          expect(worstOf(singularValues(transposed, columns, rows), values)).toBeLessThan(1e-12);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  it('refuses what is no matrix of finite numbers', () => {
    expect(() => singularValues(new Float64Array(5), 2, 3)).toThrow(
      /2 × 3 finite entries, found an array of 5/,
    );
    expect(() => singularValues(Float64Array.of(1, NaN), 1, 2)).toThrow(/not finite/);
    expect(() => singularValues(Float64Array.of(-Infinity, 1), 1, 2)).toThrow(/not finite/);
  });
});

describe('largestSingularValues', () => {
  it.each([
    [90, 60],
    [40, 120],
    [5, 4],
  ])('finds those of the full spectrum, %i × %i, within their bounds', (rows, columns) => {
    const matrix = normals(rows * columns, 'matrix');
    const expected = singularValues(matrix, rows, columns).slice(0, 4);
    const found = largestSingularValues(mapOf(matrix, rows, columns), { count: 4 }, createStream(1));
    expect(
      worstOf(
        found.map(({ value }) => value),
        expected,
      ),
    ).toBeLessThan(1e-13);
    for (const { bound } of found) expect(bound).toBeLessThan(1e-8 * expected[0]!);
  });

  it('gives lower values with bounds that hold when it has to stop early', () => {
    const matrix = normals(300 * 200, 'early');
    const all = singularValues(matrix, 300, 200);
    const map = mapOf(matrix, 300, 200);
    const found = largestSingularValues(map, { count: 6, most: 12 }, createStream(1));
    expect(map.products).toBe(3);
    found.forEach(({ value, bound }, rank) => {
      expect(bound).toBeGreaterThan(1e-3);
      expect(value).toBeLessThan(all[rank]!);
      expect(all.some((other) => Math.abs(other - value) <= bound)).toBe(true);
    });
  });

  it('finds repeated values as often as they are there, and zeros', () => {
    const size = 40;
    const values = Float64Array.from({ length: size }, (_, i) => (i < 7 ? 3 : i < 30 ? 1 : 0));
    const diagonal = new Float64Array(size * size);
    values.forEach((value, i) => (diagonal[i * (size + 1)] = value));
    const map = mapOf(diagonal, size, size);
    const found = largestSingularValues(map, { count: size }, createStream(2)).map(({ value }) => value);
    found.forEach((value, rank) => expect(Math.abs(value - values[rank]!)).toBeLessThan(1e-14));
    const few = largestSingularValues(map, { count: 8 }, createStream(2));
    few.forEach(({ value }, rank) => expect(Math.abs(value - (rank < 7 ? 3 : 1))).toBeLessThan(1e-14));
    const zero = mapOf(diagonal.fill(0), size, size);
    expect(largestSingularValues(zero, { count: 2 }, createStream(3))).toEqual([
      { value: 0, bound: 0 },
      { value: 0, bound: 0 },
    ]);
  });

  it('refuses counts out of range and products that are not finite', () => {
    const map = mapOf(normals(6, 'small'), 2, 3);
    for (const count of [0, 3, 1.5]) {
      expect(() => largestSingularValues(map, { count }, createStream(1))).toThrow(/from 1 to 2/);
    }
    const broken = {
      ...map,
      apply: (_: Float64Array, count: number) => new Float64Array(2 * count).fill(NaN),
    };
    expect(() => largestSingularValues(broken, { count: 1 }, createStream(1))).toThrow(/float64 can hold/);
  });
});
