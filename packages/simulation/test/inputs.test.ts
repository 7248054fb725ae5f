import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { fillInputs } from '../src/inputs.js';

/** Mean products of the entries of all pairs of rows: mean squares on the diagonal. */
function momentsOf(batch: Float64Array, count: number, size: number): readonly number[][] {
  const dot = (a: number, b: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += batch[a * size + i]! * batch[b * size + i]!;
    return sum / size;
  };
  const rows = Array.from({ length: count }, (_, row) => row);
  return rows.map((a) => rows.map((b) => dot(a, b)));
}

function inputs(count: number, size: number, meanSquare: number, correlation?: number): Float64Array {
  const batch = new Float64Array(count * size);
  const spec = correlation === undefined ? { count, meanSquare } : { count, meanSquare, correlation };
  fillInputs(batch, size, spec, createStream(1, 'inputs'));
  return batch;
}

describe('inputs', () => {
  it.each([
    [2, 50, -1],
    [2, 2, 0.3],
    [5, 40, -0.25],
    [5, 40, 0],
    [8, 100, 1 - 1e-10],
    [8, 100, 1],
    [64, 64, 0.5],
    [64, 300, -1 / 63],
  ])('%i vectors of %i entries have the correlation %d exactly', (count, size, correlation) => {
    const moments = momentsOf(inputs(count, size, 2.5, correlation), count, size);
    let worst = 0;
    moments.forEach((row, a) =>
      row.forEach((moment, b) => {
        worst = Math.max(worst, Math.abs(moment / 2.5 - (a === b ? 1 : correlation)));
      }),
    );
    expect(worst).toBeLessThan(5e-15);
  });

  it('are independent normal without a correlation', () => {
    const [count, size, meanSquare] = [4, 20_000, 0.3];
    const moments = momentsOf(inputs(count, size, meanSquare), count, size);
    moments.forEach((row, a) =>
      row.forEach((moment, b) => {
        const error = (meanSquare * (a === b ? Math.SQRT2 : 1)) / Math.sqrt(size);
        expect(Math.abs(moment - (a === b ? meanSquare : 0))).toBeLessThan(4 * error);
      }),
    );
  });

  it('prefer no direction: the first entry has the second and fourth moment of a coordinate on a sphere', () => {
    const [size, draws] = [8, 4000];
    let second = 0;
    let fourth = 0;
    const batch = new Float64Array(3 * size);
    for (let draw = 0; draw < draws; draw++) {
      fillInputs(batch, size, { count: 3, meanSquare: 1, correlation: 0.4 }, createStream(draw, 'sphere'));
      // The last row is a mixture of all.
      second += batch[2 * size]! ** 2 / draws;
      fourth += batch[2 * size]! ** 4 / draws;
    }
    // On the sphere of radius √N: E x⁴ = 3N/(N + 2), Var x² = 3N/(N + 2) − 1.
    const expected = (3 * size) / (size + 2);
    expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt((expected - 1) / draws));
    expect(Math.abs(fourth - expected)).toBeLessThan(0.3);
  });
});
