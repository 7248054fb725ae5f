import { describe, expect, it } from 'vitest';

import { after, mapOf, pairOf, request, rows, TANH } from './populations.js';

describe('a smaller population for very many points', () => {
  it('is of the same law, within its larger error, and can be had at any weight variance', () => {
    const full = mapOf(request(TANH, rows(1.5, 0), 16384));
    const few = full.tabulated?.();
    expect(few?.relativeError ?? 0).toBeGreaterThan(2 * (full.relativeError ?? Infinity));
    const allowed = 4 * (few?.relativeError ?? 0);
    for (const weightVariance of [1.5, 2.5]) {
      const [exact, rough] = [full, few!].map((map) => {
        const there = map.withWeightVariance(weightVariance);
        return there.observe(after(there, pairOf(1, 0), 12)).q1;
      });
      expect(Math.abs(rough! / exact! - 1)).toBeLessThan(allowed);
    }
  });

  it('is not made of one that is small already, nor of a finite width', () => {
    expect('tabulated' in mapOf(request(TANH, rows(1.5, 0), 4096))).toBe(false);
    expect('tabulated' in mapOf({ ...request(TANH, rows(1.5, 0), 16384), width: 15 })).toBe(false);
  });
});
