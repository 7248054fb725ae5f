import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { erf, normalRectangle } from '../src/index.js';
import rows from './fixtures/normal-rectangle.json' with { type: 'json' };

describe('normalRectangle', () => {
  it.each(rows as [number, number, number, string][])(
    'is within 1e-15 of mpmath, relative, at h = %d, k = %d, gap = %d',
    (h, k, gap, expected) => {
      const error = Math.abs(normalRectangle(h, k, gap) / Number(expected) - 1);
      if (process.env['SHOW_ERRORS']) console.log(h, k, gap, error.toExponential(1));
      expect(error).toBeLessThan(1e-15);
    },
  );

  it('is the strip of the narrower side at c = ±1 and beside a free variable, 0 for an empty one', () => {
    const strip = erf(0.3 * Math.SQRT1_2);
    for (const gap of [0, 2]) expect(normalRectangle(0.3, 1, gap)).toBe(strip);
    expect(normalRectangle(Infinity, 0.3, 0.7)).toBe(strip);
    expect(normalRectangle(Infinity, Infinity, 0.7)).toBe(1);
    expect(normalRectangle(0, 1, 0.7)).toBe(0);
  });

  it('is a product for independent variables, symmetric, and grows with |c|', () => {
    const side = fc.double({ min: 1e-6, max: 40, noNaN: true });
    const gap = fc.double({ min: 1e-15, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, gap, (h, k, g) => {
        const independent = erf(h * Math.SQRT1_2) * erf(k * Math.SQRT1_2);
        expect(Math.abs(normalRectangle(h, k, 1) / independent - 1)).toBeLessThan(2e-15);
        const value = normalRectangle(h, k, g);
        expect(Math.abs(normalRectangle(k, h, g) / value - 1)).toBeLessThan(1e-15);
        expect(value).toBeGreaterThanOrEqual(independent * (1 - 2e-15));
        expect(value).toBeLessThanOrEqual(erf(Math.min(h, k) * Math.SQRT1_2) * (1 + 2e-15));
      }),
      { seed: 5 },
    );
  });
});
