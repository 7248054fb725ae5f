import { createStream } from '@meanfield/numerics';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Batch } from '../src/batch.js';
import type { LayerObservation } from '../src/index.js';
import { observe, rmsOf } from '../src/observation.js';

/** From one row an input */
const batchOf = (rows: readonly (readonly number[])[]): Batch => {
  const units = rows[0]!.length;
  const values = new Float64Array(units * rows.length);
  rows.forEach((row, input) => row.forEach((h, unit) => (values[unit * rows.length + input] = h)));
  return { values, units, inputs: rows.length };
};

const observed = (rows: readonly (readonly number[])[], pairs = 0): LayerObservation =>
  observe(batchOf(rows), { inputRms: new Float64Array(rows.length).fill(2), pairs });

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const gapOf = (a: readonly number[], b: readonly number[]): number =>
  1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('observe', () => {
  it('is what the definitions say', () => {
    const rowsOf = (inputs: number, units: number, seed: number): number[][] => {
      const stream = createStream(seed, 'rows');
      return Array.from({ length: inputs }, () => Array.from({ length: units }, () => 3 * stream.normal()));
    };
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 7 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(),
        (inputs, units, seed) => {
          const rows = rowsOf(inputs, units, seed);
          const all = rows.flat();
          const gaps = rows.flatMap((a, i) => rows.slice(i + 1).map((b) => gapOf(a, b)));
          const pairs = Math.floor(inputs / 2);
          const found = observed(rows, pairs);
          expect(found.q / meanOf(all.map((h) => h * h))).toBeCloseTo(1, 12);
          expect(found.gap).toBeCloseTo(meanOf(gaps), 13);
          expect(found.deadFraction).toBe(all.filter((h) => h <= 0).length / all.length);
          const ratios = rows.map((row) => Math.sqrt(dot(row, row) / units) / 2);
          expect(found.normRatio! / meanOf(ratios)).toBeCloseTo(1, 12);
          expect(found.pairGaps).toHaveLength(pairs);
          found.pairGaps!.forEach((gap, p) =>
            expect(gap).toBeCloseTo(gapOf(rows[2 * p]!, rows[2 * p + 1]!), 13),
          );
        },
      ),
      { numRuns: 200, seed: 1 },
    );
  });

  it.each([1e-9, 1.4e-14])('keeps the digits of the gap of signals that are %d apart', (angle) => {
    const units = 1000;
    const normals = Array.from({ length: 2 }, (_, i) => {
      const stream = createStream(1, `direction/${i}`);
      return Array.from({ length: units }, () => stream.normal());
    });
    // An orthogonal direction of the same length
    const [along, other] = normals as [number[], number[]];
    const share = dot(along, other) / dot(along, along);
    const rest = other.map((value, i) => value - share * along[i]!);
    const across = rest.map((value) => value * Math.sqrt(dot(along, along) / dot(rest, rest)));
    const turned = along.map((value, i) => 3 * (value + angle * across[i]!));
    // 1 − cos(angle), which 1 − c in float64 cannot show; entries are rounded to 1e-16, a share 1e-16/angle of what differs
    const expected = angle ** 2 / 2;
    for (const { gap, pairGaps } of [
      observed([along, turned], 1),
      observed([along, turned, along, turned], 2),
    ]) {
      expect(Math.abs(pairGaps![0]! / expected - 1)).toBeLessThan(angle < 1e-12 ? 3e-3 : 1e-7);
      // Two of six pairs of four inputs are equal.
      const pairs = pairGaps!.length === 1 ? 1 : 2 / 3;
      expect(Math.abs(gap! / expected / pairs - 1)).toBeLessThan(angle < 1e-12 ? 3e-3 : 1e-7);
    }
  });

  it('has gaps of 0 and 2 for equal and opposite directions', () => {
    const [same, opposite] = [
      [1, 2],
      [2, 4],
    ].map((row) => observed([[1, 2], row.map((h) => (row[0] === 1 ? 3 * h : -h))], 1));
    expect(same).toMatchObject({ gap: expect.closeTo(0, 30) as number, pairGaps: [expect.closeTo(0, 30)] });
    expect(opposite!.gap).toBeCloseTo(2, 14);
  });

  it('does not lose small or large signals', () => {
    const rows = [
      [1e-200, 0],
      [0, 1e200],
    ];
    expect(observed(rows).gap).toBeCloseTo(1, 14);
    const rms = rmsOf(batchOf(rows));
    expect(rms[0]! / 1e-200).toBeCloseTo(Math.SQRT1_2, 14);
    expect(rms[1]! / 1e200).toBeCloseTo(Math.SQRT1_2, 14);
  });

  it('leaves inputs without a signal out of the gap, and has none with fewer than two', () => {
    const three = observed([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(three.gap).toBeCloseTo(1, 14);
    const two = observed(
      [
        [0, 0],
        [1, 0],
      ],
      1,
    );
    expect(two).toMatchObject({ gap: null, pairGaps: [null] });
    const silent = observed([
      [0, 0],
      [0, 0],
    ]);
    expect(silent).toEqual({ q: 0, gap: null, deadFraction: 1, normRatio: 0 });
  });

  it('has no norm ratio to inputs of 0', () => {
    const batch = batchOf([
      [1, 2],
      [3, 4],
    ]);
    expect(observe(batch, { inputRms: new Float64Array(2), pairs: 0 }).normRatio).toBeNull();
    expect(observe(batch, { inputRms: Float64Array.of(0, 5), pairs: 0 }).normRatio).toBeCloseTo(
      Math.sqrt(0.5),
      14,
    );
  });
});
