import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { batchRoot, type BatchRows } from '../../src/preactivations/batch-root.js';
import { createStream } from '../../src/index.js';

const normals = (length: number, name: string): Float64Array => {
  const out = new Float64Array(length);
  createStream(3, name).fillNormal(out, 1);
  return out;
};

const column = (values: Float64Array, columns: number, index: number): Float64Array =>
  Float64Array.from({ length: values.length / columns }, (_, row) => values[row * columns + index]!);

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** 1 − cosine of two vectors, without cancellation */
function gapOf(a: Float64Array, b: Float64Array): number {
  const [lengthA, lengthB] = [Math.sqrt(dot(a, a)), Math.sqrt(dot(b, b))];
  const difference = a.map((x, i) => x / lengthA - b[i]! / lengthB);
  return dot(difference, difference) / 2;
}

const gramOf = (values: Float64Array, columns: number): number[] =>
  Array.from({ length: columns * columns }, (_, at) =>
    dot(column(values, columns, Math.floor(at / columns)), column(values, columns, at % columns)),
  );

/** Batches with columns that are combinations of others, and zero columns */
function batchOf(rows: number, columns: number, dependent: number, name: string): BatchRows {
  const values = normals(rows * columns, name);
  for (let j = 0; j < dependent; j++) {
    for (let row = 0; row < rows; row++) {
      const at = row * columns;
      values[at + ((3 * j + 1) % columns)] = j === 2 ? 0 : values[at]! - 2 * values[at + columns - 1]!;
    }
  }
  return { values, rows, columns };
}

describe('batchRoot', () => {
  it('is a square root of the Gram matrix, whatever depends on what', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 3 }),
        fc.boolean(),
        fc.integer({ min: -200, max: 200 }),
        (rows, columns, dependent, withExtra, exponent) => {
          const batch = batchOf(rows, columns, dependent, `${rows}/${columns}`);
          const unit = 2 ** exponent;
          const extra = withExtra ? normals(columns, 'extra').map((x) => x * unit) : undefined;
          const scaled = batch.values.map((x) => x * unit);
          const root = batchRoot({ ...batch, values: scaled, ...(extra === undefined ? {} : { extra }) });
          const all = Float64Array.of(...scaled, ...(extra ?? []));
          const wanted = gramOf(
            all.map((x) => x / unit),
            columns,
          );
          const obtained = gramOf(
            root.factor.map((x) => x / unit),
            columns,
          );
          wanted.forEach((value, at) =>
            expect(Math.abs(obtained[at]! - value)).toBeLessThan(1e-12 * (1 + rows)),
          );
          expect(root.rank).toBeLessThanOrEqual(Math.min(rows + (withExtra ? 1 : 0), columns));
          // Rows of Q, and Q F = X
          const q = root.whiten(all.slice(), all.length / columns);
          for (let row = 0; row < all.length / columns; row++) {
            for (let j = 0; j < columns; j++) {
              let sum = 0;
              for (let r = 0; r < root.rank; r++)
                sum += (q[row * root.rank + r]! * root.factor[r * columns + j]!) / unit;
              expect(Math.abs(sum - all[row * columns + j]! / unit)).toBeLessThan(1e-9);
            }
          }
        },
      ),
      { seed: 8, numRuns: 120 },
    );
  });

  it.each([1e-4, 1e-9, 1e-14, 1e-18])('keeps a gap of %s between columns to 1e-6', (gap) => {
    const [rows, columns] = [300, 5];
    const values = normals(rows * columns, 'gaps');
    // Columns 1 and 4 near column 0, of other lengths
    for (let row = 0; row < rows; row++) {
      const at = row * columns;
      values[at + 1] = 3 * (values[at]! + Math.sqrt(2 * gap) * values[at + 1]!);
      values[at + 4] = 0.1 * (values[at]! + Math.sqrt(2 * gap) * values[at + 4]!);
    }
    const { factor } = batchRoot({ values, rows, columns });
    for (const [i, j] of [
      [0, 1],
      [0, 4],
      [1, 4],
    ] as const) {
      const wanted = gapOf(column(values, columns, i), column(values, columns, j));
      const obtained = gapOf(column(factor, columns, i), column(factor, columns, j));
      expect(Math.abs(obtained / wanted - 1), `${i}, ${j}`).toBeLessThan(1e-6);
    }
  });

  it('gives equal columns equal roots', () => {
    const values = normals(600, 'equal');
    for (let row = 0; row < 200; row++) values[3 * row + 2] = values[3 * row]!;
    const { factor, rank } = batchRoot({ values, rows: 200, columns: 3 });
    expect(rank).toBe(2);
    expect(gapOf(column(factor, 3, 0), column(factor, 3, 2))).toBeLessThan(1e-31);
  });

  it('changes smoothly with the batch as long as no column is nearly a combination of others', () => {
    const values = normals(200, 'smooth');
    const before = batchRoot({ values, rows: 50, columns: 4 }).factor;
    const after = batchRoot({
      values: values.map((x, i) => x + 1e-6 * Math.sin(i)),
      rows: 50,
      columns: 4,
    }).factor;
    before.forEach((x, i) => expect(Math.abs(x - after[i]!)).toBeLessThan(1e-4));
  });

  it('refuses what is not finite', () => {
    expect(() => batchRoot({ values: Float64Array.of(1, NaN), rows: 2, columns: 1 })).toThrow(/finite/);
    expect(() => batchRoot({ values: Float64Array.of(1, Infinity), rows: 2, columns: 1 })).toThrow(/finite/);
  });
});
