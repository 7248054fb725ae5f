import { describe, expect, it } from 'vitest';

import { createStream, multiply } from '../../src/index.js';

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
