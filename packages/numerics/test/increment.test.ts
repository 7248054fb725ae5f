import { describe, expect, it } from 'vitest';

import { increment } from '../src/index.js';
import { activations, plain } from './activations.js';

const relativeError = (got: number, wanted: number): number => Math.abs(got - wanted) / Math.abs(wanted);

describe('increments of φ', () => {
  it.each([1e-9, 5e-4, 1.4e-3, 0.02, 0.09, 0.5])(
    'keep their digits where φ is large beside a step of %s',
    (step) => {
      // Softplus has the slope 1 there but for e^−1000.
      for (const u of [1000.3, 7919.7]) {
        const bound = step < 0.1 ? 1e-14 : 1e-11;
        expect(relativeError(increment(activations.softplus, u, step), step)).toBeLessThan(bound);
        expect(relativeError(increment(activations.softplus, u, -step), -step)).toBeLessThan(bound);
      }
    },
  );

  it('are the plain difference where φ varies within the step', () => {
    const wave = plain(
      'wave',
      (x) => 1e4 + Math.sin(500 * x),
      (x) => 500 * Math.cos(500 * x),
    );
    const exact = Math.sin(500 * 0.35) - Math.sin(500 * 0.3);
    expect(relativeError(increment(wave, 0.3, 0.05), exact)).toBeLessThan(1e-10);
  });

  it('are the plain difference across a kink', () => {
    const shifted = plain(
      '1e5 + |x|',
      (x) => 1e5 + Math.abs(x),
      (x) => Math.sign(x),
      [0],
    );
    expect(increment(shifted, -0.01, 0.05)).toBeCloseTo(0.03, 10);
  });
});
