import type { SignalPairs } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import { arcsine, plainPairs } from '../src/pairs-plain.js';
import { wasmPairs } from '../src/pairs-wasm.js';

const { closedForms, advancePairs } = definition.create();

/** σ_w², σ_b², length, gap */
type Pair = readonly [weightVariance: number, biasVariance: number, length: number, gap: number];

const pairsOf = (rows: readonly Pair[]): SignalPairs => ({
  weightVariances: Float64Array.from(rows, (row) => row[0]),
  biasVariances: Float64Array.from(rows, (row) => row[1]),
  lengths: Float64Array.from(rows, (row) => row[2]),
  gaps: Float64Array.from(rows, (row) => row[3]),
});

const relativeError = (found: number, expected: number): number =>
  found === expected ? 0 : Math.abs(found / expected - 1);

const GRID: readonly Pair[] = [1e-6, 1e-3, 0.7, 1.3, 30, 1e6].flatMap((weightVariance) =>
  [0, 1e-9, 0.05, 2].flatMap((biasVariance) =>
    [1e-8, 1e-4, 0.1, 0.5, 0.6, 3, 1e3, 1e6].flatMap((length) =>
      [0, 1e-100, 1e-14, 1e-7, 1e-3, 0.2, 0.5, 0.500001, 0.9, 1, 1.3, 1.999, 2].map(
        (gap) => [weightVariance, biasVariance, length, gap] as const,
      ),
    ),
  ),
);

describe('one layer of many pairs', () => {
  it('is that of the closed forms', () => {
    const pairs = pairsOf(GRID);
    advancePairs?.(pairs, 1);
    for (const [i, [weightVariance, biasVariance, q, gap]] of GRID.entries()) {
      const length = weightVariance * (closedForms.meanSquare?.(q) ?? NaN) + biasVariance;
      const drop = closedForms.productDrop?.(q, q, gap) ?? NaN;
      expect(relativeError(pairs.lengths[i]!, length), `length of ${GRID[i]?.join()}`).toBeLessThan(1e-15);
      expect(
        relativeError(pairs.gaps[i]!, Math.min(2, (weightVariance * drop) / length)),
        `gap of ${GRID[i]?.join()}`,
      ).toBeLessThan(3e-15);
    }
  });

  it('has its own arcsine, good to 6e-16', () => {
    for (let i = 0; i <= 10_000; i++) {
      const x = i / 10_000;
      // Math.asin is good to half a unit in the last place; 1 − x is exact above 1/2.
      expect(relativeError(arcsine(x, 1 - x), Math.asin(x)), `at ${x}`).toBeLessThan(6e-16);
    }
  });
});

describe('many layers of many pairs', () => {
  const wasm = wasmPairs();
  const positive = fc.oneof(
    fc.double({ min: 0, max: 1.7e308, noNaN: true }),
    fc.double({ min: -12, max: 6, noNaN: true }).map((exponent) => 10 ** exponent),
    fc.constantFrom(0, 5e-324, 1e-308, 1.7e308),
  );
  const gap = fc.oneof(
    fc.double({ min: 0, max: 2, noNaN: true }),
    fc.double({ min: -320, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
    fc.constantFrom(0, 0.5, 1, 2),
  );
  const rows = fc.array(fc.tuple(positive, positive, positive, gap), { maxLength: 300 });

  it('are numbers at any parameters', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 60 }), (points, layers) => {
        const pairs = pairsOf(points);
        plainPairs(pairs, layers);
        for (const length of pairs.lengths) expect(length).toBeGreaterThanOrEqual(0);
        for (const each of pairs.gaps) expect(each >= 0 && each <= 2, `${each}`).toBe(true);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it.skipIf(wasm === null)('have the same bits in WebAssembly and in plain TypeScript', () => {
    const both = (points: readonly Pair[], layers: number): void => {
      const [plain, fast] = [pairsOf(points), pairsOf(points)];
      plainPairs(plain, layers);
      wasm?.(fast, layers);
      expect(fast).toEqual(plain);
    };
    both(GRID, 1);
    both(GRID, 100);
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 60 }), (points, layers) => both(points, layers)),
      { seed: 8, numRuns: 200 },
    );
  });

  it('are steps one after the other', () => {
    const [atOnce, stepwise] = [pairsOf(GRID), pairsOf(GRID)];
    advancePairs?.(atOnce, 40);
    for (let layer = 0; layer < 40; layer++) advancePairs?.(stepwise, 1);
    expect(atOnce).toEqual(stepwise);
  });

  it('keep c = −1 to the last bit without biases, as erf is odd', () => {
    const pairs = pairsOf([0.1, 1.3, 4, 77].map((weightVariance) => [weightVariance, 0, 0.9, 2] as const));
    advancePairs?.(pairs, 100);
    expect([...pairs.gaps]).toEqual([2, 2, 2, 2]);
  });

  it('leave the gap where no length is left, and one that is infinite', () => {
    const pairs = pairsOf([
      [1.5, 0, 0, 0.3],
      [0, 0, 1, 1.7],
      [1.7e308, 1.7e308, 1e10, 0.25],
    ]);
    advancePairs?.(pairs, 3);
    expect([...pairs.lengths]).toEqual([0, 0, Infinity]);
    expect([...pairs.gaps]).toEqual([0.3, 1.7, 0.25]);
  });
});
