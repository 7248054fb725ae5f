import { describe, expect, it } from 'vitest';

import { createStream, mirrorUpper, multiply, multiplyTransposed, upperGram } from '../../src/index.js';
import { plainTiles } from '../../src/linear/tile-plain.js';
import { wasmTiles } from '../../src/linear/tile-wasm.js';

const matrix = (name: string, length: number): Float64Array => {
  const values = new Float64Array(length);
  createStream(1, `multiply/${name}`).fillNormal(values, 1);
  return values;
};

/** [m, k, n], with and without remainders of the tiles and of the blocks of columns. */
const SHAPES: readonly (readonly [number, number, number])[] = [
  [1, 1, 1],
  [3, 5, 2],
  [4, 4, 256],
  [5, 7, 257],
  [8, 64, 600],
  [2, 3, 1],
  [3, 1100, 5],
];

describe('multiply', () => {
  it.each(SHAPES)('gives the product of [%i, %i] and [%i]', (m, k, n) => {
    const a = matrix('a', m * k);
    const b = matrix('b', k * n);
    const out = new Float64Array(m * n + 1).fill(NaN);
    multiply(a, b, out, m, k, n);
    let worst = 0;
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let expected = 0;
        for (let step = 0; step < k; step++) expected += a[row * k + step]! * b[step * n + column]!;
        worst = Math.max(worst, Math.abs(out[row * n + column]! - expected));
      }
    }
    expect(worst).toBeLessThan(1e-14 * k);
    expect(out[m * n], 'what lies behind the product').toBeNaN();
  });

  it('gives a row the same bits whatever rows are beside it', () => {
    const [m, k, n] = [7, 33, 300];
    const a = matrix('a', m * k);
    const b = matrix('b', k * n);
    const all = new Float64Array(m * n);
    multiply(a, b, all, m, k, n);
    const one = new Float64Array(n);
    for (let row = 0; row < m; row++) {
      multiply(a.subarray(row * k, (row + 1) * k), b, one, 1, k, n);
      expect(one).toEqual(all.slice(row * n, (row + 1) * n));
    }
  });
});

const transposed = (b: Float64Array, n: number, k: number): Float64Array =>
  Float64Array.from({ length: n * k }, (_, index) => b[(index % n) * k + Math.floor(index / n)]!);

describe('multiplyTransposed', () => {
  it.each(SHAPES)('gives the bits of multiply for [%i, %i] and [%i]', (m, k, n) => {
    const a = matrix('a', m * k);
    const b = matrix('b', n * k);
    const [out, expected] = [new Float64Array(m * n), new Float64Array(m * n)];
    multiplyTransposed(a, b, out, m, k, n);
    multiply(a, transposed(b, n, k), expected, m, k, n);
    expect(out).toEqual(expected);
  });
});

describe('upperGram', () => {
  it.each([
    [1, 1],
    [7, 600],
    [16, 5],
    [37, 513],
  ])('gives the bits of multiplyTransposed for %i rows of %i, once mirrored', (m, k) => {
    const a = matrix('a', m * k);
    const [out, expected] = [new Float64Array(m * m), new Float64Array(m * m)];
    upperGram(a, out, m, k);
    mirrorUpper(out, m);
    multiplyTransposed(a, a, expected, m, k, m);
    expect(Buffer.from(out.buffer).equals(Buffer.from(expected.buffer))).toBe(true);
  });

  it('goes on where its blocks of columns end', () => {
    const m = 2052;
    const a = matrix('a', m);
    const out = new Float64Array(m * m);
    upperGram(a, out, m, 1);
    for (const row of [0, 2046, 2047, 2048, 2051])
      expect(out.slice(row * m + row, (row + 1) * m)).toEqual(a.slice(row).map((value) => a[row]! * value));
  });

  it('refuses arrays that are too short', () => {
    expect(() => upperGram(new Float64Array(5), new Float64Array(4), 2, 3)).toThrow('6 entries in `a`');
    expect(() => upperGram(new Float64Array(6), new Float64Array(3), 2, 3)).toThrow('4 entries in `out`');
  });
});

describe('tiles', () => {
  it.each([0, 1, 2, 255])('are the same bits in WebAssembly and in TypeScript, %i terms', (depth) => {
    const [left, right] = [16, 16 + 4 * depth];
    const panels = matrix('panels', 8 * depth);
    const [plain, wasm] = [plainTiles(), wasmTiles()].map((tiles) => {
      const memory = tiles!.memory(right + 4 * depth);
      memory.fill(7, 0, 16);
      memory.set(panels, left);
      tiles!.run(left, right, depth);
      return memory.slice(0, 16);
    });
    expect(wasm).toEqual(plain);
    let first = 0;
    for (let l = 0; l < depth; l++) first += panels[4 * l + 1]! * panels[4 * (depth + l) + 2]!;
    expect(plain![6]).toBe(first);
  });
});
