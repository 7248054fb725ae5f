import relu from '@meanfield/activation-relu';
import { createLab } from '@meanfield/core';
import he from '@meanfield/initializer-he';
import gaussian from '@meanfield/mean-field-gaussian';
import type { NetworkObservation } from '@meanfield/simulation';
import { describe, expect, it } from 'vitest';

import { growthOf, unitGrowth } from '../src/experiments/growth-rates.js';
import { experiments, resolveCell, runCell } from '../src/index.js';

/** A network whose lengths grow by `length` and whose gaps by `gap` in every layer */
function networkOf(length: number, gap: number, depth: number): NetworkObservation {
  const layers = Array.from({ length: depth }, (_, layer) => ({
    q: length ** layer,
    gap: null,
    deadFraction: 0.5,
    normRatio: 1,
    pairGaps: [1e-8 * gap ** layer, 3e-8 * gap ** layer],
  }));
  return { network: 0, method: 'gram', layers };
}

describe('growth', () => {
  it('is the factor of every layer', () => {
    const { length, difference, logGap } = growthOf(networkOf(0.9, 1.2, 12), 4);
    expect(length).toBeCloseTo(0.9, 12);
    expect(difference).toBeCloseTo(0.9 * 1.2, 12);
    expect(logGap).toBeCloseTo(Math.log(1.2), 12);
  });

  it('is 1 where the lines of all networks cross it on average, with the error of their heights', () => {
    const variances = [0.8, 1, 1.2];
    // Three networks of slope 0.5, at heights 0.01 apart: 1 is reached at 1.1 on average.
    const growths = [-0.01, 0, 0.01].map((shift) => variances.map((v) => 0.45 + shift + 0.5 * v));
    const found = unitGrowth(variances, growths);
    expect(found?.mean).toBeCloseTo(1.1, 12);
    expect(found?.stderr).toBeCloseTo(0.01 / Math.sqrt(3) / 0.5, 12);
    expect(unitGrowth(variances, [[1, 0.9, 0.8]])).toBeNull();
  });

  it('of He networks is σ_w²/2 for lengths and for differences', async () => {
    const lab = createLab([relu, he, gaussian, ...experiments]);
    const options = {
      initializer: 'he',
      weightVariance: [1.9, 2.1],
      width: 256,
      depth: 24,
      networks: 20,
      pairs: 4,
    };
    const { cell } = resolveCell(lab, { experiment: 'growth', options, seed: 3 });
    const outcome = await runCell(lab, cell, { report: () => undefined });
    if (outcome.status !== 'complete') throw new Error(outcome.error.message);
    const result = outcome.result as unknown as {
      growth: Record<'length' | 'difference', { mean: number; stderr: number }>[];
      unitGrowth: Record<'length' | 'difference', { mean: number; stderr: number }>;
      theory: { length: number; difference: number }[];
    };
    for (const [point, { length, difference }] of result.growth.entries()) {
      const expected = [0.95, 1.05][point] ?? NaN;
      expect(result.theory[point]?.length).toBeCloseTo(expected, 12);
      expect(result.theory[point]?.difference).toBeCloseTo(expected, 12);
      for (const { mean, stderr } of [length, difference]) {
        expect(Math.abs(mean - expected)).toBeLessThan(3.5 * stderr);
        expect(stderr).toBeLessThan(0.01);
      }
    }
    const { mean, stderr } = result.unitGrowth.length;
    expect(Math.abs(mean - 2)).toBeLessThan(3.5 * stderr);
  });
});
