import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { fillInputs } from '../src/inputs.js';
import type { InputSpec } from '../src/index.js';

/** [size, count] */
function inputs(size: number, spec: InputSpec, name = 'inputs'): Float64Array {
  const batch = new Float64Array(spec.count * size);
  fillInputs(batch, size, spec, createStream(1, name));
  return batch;
}

function meanProduct(batch: Float64Array, size: number, count: number, a: number, b: number): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += batch[i * count + a]! * batch[i * count + b]!;
  return sum / size;
}

/** Largest deviation of the mean products of all pairs, over `meanSquare`, from the correlations that are expected. */
function worstMoment(
  batch: Float64Array,
  size: number,
  { count, meanSquare = 1 }: InputSpec,
  expected: (a: number, b: number) => number,
): number {
  let worst = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      const moment = meanProduct(batch, size, count, a, b) / meanSquare;
      worst = Math.max(worst, Math.abs(moment - (a === b ? 1 : expected(a, b))));
    }
  }
  return worst;
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
    [256, 256, 0.1],
  ])('%i vectors of %i entries have the correlation %d exactly', (count, size, correlation) => {
    const spec = { count, meanSquare: 2.5, correlation };
    expect(worstMoment(inputs(size, spec), size, spec, () => correlation)).toBeLessThan(1e-14);
  });

  it.each([
    [8, 8],
    [8, 3000],
  ])('%i vectors of %i entries have the gaps of their pairs exactly', (count, size) => {
    const pairGaps = [1e-14, 0.3, 2, 0];
    const spec = { count, meanSquare: 0.4, pairGaps };
    const batch = inputs(size, spec);
    const expected = (a: number, b: number): number => (a >> 1 === b >> 1 ? 1 - pairGaps[a >> 1]! : 0);
    expect(worstMoment(batch, size, spec, expected)).toBeLessThan(1e-14);
    let small = 0;
    for (let i = 0; i < size; i++) small += (batch[i * count]! - batch[i * count + 1]!) ** 2;
    expect(small / (2 * size * 0.4 * 1e-14)).toBeCloseTo(1, 7);
    for (let i = 0; i < size; i++) expect(batch[i * count + 6]).toBe(batch[i * count + 7]);
  });

  it('are independent normal without a correlation', () => {
    const [size, spec] = [20_000, { count: 4, meanSquare: 0.3 }];
    const batch = inputs(size, spec);
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b <= a; b++) {
        const error = (0.3 * (a === b ? Math.SQRT2 : 1)) / Math.sqrt(size);
        expect(Math.abs(meanProduct(batch, size, 4, a, b) - (a === b ? 0.3 : 0))).toBeLessThan(4 * error);
      }
    }
  });

  it('are the caller’s values', () => {
    expect(inputs(3, { count: 2, values: Float64Array.of(1, 2, 3, 4, 5, 6) })).toEqual(
      Float64Array.of(1, 4, 2, 5, 3, 6),
    );
  });

  it('prefer no direction: the first entry has the second and fourth moment of a coordinate on a sphere', () => {
    const [size, draws] = [8, 4000];
    let second = 0;
    let fourth = 0;
    for (let draw = 0; draw < draws; draw++) {
      // The last vector is a mixture of all.
      const last = inputs(size, { count: 3, correlation: 0.4 }, `sphere/${draw}`)[2]!;
      second += last ** 2 / draws;
      fourth += last ** 4 / draws;
    }
    // On the sphere of radius √N: E x⁴ = 3N/(N + 2), Var x² = 3N/(N + 2) − 1, E x⁸ = 105 N³/((N+2)(N+4)(N+6)).
    const expected = (3 * size) / (size + 2);
    const eighth = (105 * size ** 3) / ((size + 2) * (size + 4) * (size + 6));
    expect(Math.abs(second - 1)).toBeLessThan(4 * Math.sqrt((expected - 1) / draws));
    expect(Math.abs(fourth - expected)).toBeLessThan(4 * Math.sqrt((eighth - expected ** 2) / draws));
  });
});
