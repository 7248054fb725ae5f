import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createStream, multiply, upperGram } from '../../src/index.js';
import { plainNarrowEngine } from '../../src/linear/narrow-plain.js';
import { narrowGram, narrowMultiply } from '../../src/linear/narrow-product.js';

const normals = (length: number, name: string): Float64Array => {
  const out = new Float64Array(length);
  createStream(6, name).fillNormal(out, 1);
  return out;
};

const sizes = [
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 20 }),
  fc.integer({ min: 1, max: 20 }),
] as const;

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((worst, x, i) => Math.max(worst, Math.abs(x - b[i]!)), 0);

describe('narrow products', () => {
  it('agree with packed ones, and the kernel has the bits of its plain twin', () => {
    fc.assert(
      fc.property(...sizes, (rows, terms, columns) => {
        const a = normals(rows * (terms + 2), 'a');
        const b = normals(terms * columns, 'b');
        const wanted = new Float64Array(rows * columns);
        const tight = new Float64Array(rows * terms);
        for (let row = 0; row < rows; row++)
          tight.set(a.subarray(row * (terms + 2), row * (terms + 2) + terms), row * terms);
        multiply(tight, b, wanted, rows, terms, columns);
        const [obtained, plain] = [new Float64Array(rows * columns), new Float64Array(rows * columns)];
        const shape = { rows, terms, columns, stride: terms + 2 };
        narrowMultiply(a, b, obtained, shape);
        narrowMultiply(a, b, plain, shape, plainNarrowEngine());
        expect(largestDifference(obtained, wanted)).toBeLessThan(1e-13);
        expect(obtained).toEqual(plain);
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  it('have Gram matrices over several blocks of rows', () => {
    for (const columns of [1, 2, 5, 8, 17, 64]) {
      const rows = 3000;
      const a = normals(rows * columns, 'tall');
      const transposed = Float64Array.from(a, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]!);
      const [wanted, obtained, plain] = [0, 1, 2].map(() => new Float64Array(columns * columns)) as [
        Float64Array,
        Float64Array,
        Float64Array,
      ];
      upperGram(transposed, wanted, columns, rows);
      narrowGram(a, obtained, rows, columns);
      narrowGram(a, plain, rows, columns, plainNarrowEngine());
      for (let i = 0; i < columns; i++) {
        for (let at = i * columns + i; at < (i + 1) * columns; at++) {
          expect(Math.abs(obtained[at]! - wanted[at]!)).toBeLessThan(1e-10);
          expect(obtained[at]).toBe(plain[at]);
        }
      }
    }
  });
});
