import { gaussianExpectations } from '@meanfield/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';

const forms = gaussianExpectations(definition.create());

describe('closed forms of the identity', () => {
  it('are all there', () => {
    expect(new Set(Object.values(forms.methods))).toEqual(new Set(['closed form']));
  });

  it('are the covariance and its drop to a few roundings', () => {
    const lengths = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(lengths, lengths, fc.double({ min: 1e-16, max: 2, noNaN: true }), (a, b, gap) => {
        // Deviations a and b are exact, and so are their squares and their product.
        expect(Math.abs(forms.productDrop(a * a, b * b, gap) / (a * b * gap) - 1)).toBeLessThan(4e-16);
        expect(Math.abs(forms.product(a * a, b * b, gap) - a * b * (1 - gap))).toBeLessThan(4e-16 * a * b);
      }),
      { seed: 1 },
    );
  });

  it('do not overflow, and hold at variances 0 and Infinity', () => {
    expect(forms.productDrop(1e300, 1e300, 2 ** -60) / 1e300).toBeCloseTo(2 ** -60, 30);
    expect([forms.product(0, Infinity, 0.5), forms.product(Infinity, Infinity, 1)]).toEqual([0, 0]);
    expect([forms.product(Infinity, 1, 2), forms.productDrop(Infinity, 1, 0.5)]).toEqual([
      -Infinity,
      Infinity,
    ]);
    expect([forms.meanSquare(Infinity), forms.productDrop(Infinity, Infinity, 0)]).toEqual([Infinity, 0]);
  });

  it('say that a linear network passes variances and correlations on unchanged at σ_w² = 1', () => {
    expect(forms.meanSquare(3)).toBe(3);
    expect(forms.productDrop(4, 4, 0.1) / 4).toBe(0.1);
    expect(forms.derivativeMeanSquare(3)).toBe(1);
  });
});
