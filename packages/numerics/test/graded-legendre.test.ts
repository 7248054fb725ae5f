import { describe, expect, it } from 'vitest';

import { gradedLegendre } from '../src/index.js';

describe('gradedLegendre', () => {
  it.each([1e-12, 1e-6, 1e-2, 1, 30])('resolves a layer of width %d at its lower end', (width) => {
    // Simple pole pairs at ±i width: within 2/3 of the first panel's length
    const value = gradedLegendre((x) => width / (width * width + x * x), 0, 1, width);
    expect(Math.abs(value / Math.atan(1 / width) - 1)).toBeLessThan(1e-14);
  });

  it('takes any interval, one of no length, and a smooth function in one panel', () => {
    const shifted = gradedLegendre((x) => 1 / x, 0.001, 7, 0.003);
    expect(Math.abs(shifted / Math.log(7000) - 1)).toBeLessThan(1e-15);
    expect(gradedLegendre(Math.exp, 2, 2, 1)).toBe(0);
    expect(Math.abs(gradedLegendre(Math.cos, 0, 1, Infinity) / Math.sin(1) - 1)).toBeLessThan(1e-15);
  });
});
