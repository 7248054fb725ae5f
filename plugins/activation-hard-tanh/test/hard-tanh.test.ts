import { gaussianExpectations } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const hardTanh = definition.create();
const forms = gaussianExpectations(hardTanh);

describe('hard tanh', () => {
  it("clips to [−1, 1], with φ' 0 at its kinks", () => {
    expect([-7, -1, -0.3, 0.3, 1, 7].map((x) => hardTanh.phi(x))).toEqual([-1, -1, -0.3, 0.3, 1, 1]);
    expect([-1, -0.999, 0.999, 1].map((x) => hardTanh.derivative(x))).toEqual([0, 1, 1, 0]);
    expect(hardTanh.kinks).toEqual([-1, 1]);
  });
});

describe('Gaussian expectations of hard tanh', () => {
  it.each([
    ['meanSquare', 1e-15],
    ['derivativeMeanSquare', 1e-15],
    ['meanSquareSlope', 1e-15],
    ['product', 1e-15],
    ['productDrop', 2e-15],
    ['derivativeProduct', 1e-15],
  ] as const)('have %s within %d of mpmath, q from 1e-8 to 1e6, gaps from 1e-14 to 2', (name, bound) => {
    const { error, at } = closedFormError(hardTanh, name, values);
    if (process.env['SHOW_ERRORS']) console.log('hard-tanh', name, error, at);
    expect(error, at).toBeLessThan(bound);
  });

  it('need no quadrature of numerics; the mean is 0', () => {
    const { product, productDrop, derivativeProduct, ...ofOne } = forms.methods;
    expect(new Set([product, productDrop, derivativeProduct])).toEqual(new Set(['single integral']));
    expect(new Set(Object.values(ofOne))).toEqual(new Set(['closed form']));
    expect([0, 1, 1e6, Infinity].map((q) => forms.mean(q))).toEqual([0, 0, 0, 0]);
  });

  it("count the kinks as point masses of φ'' in the slope of E φ²", () => {
    const step = 1e-5;
    const slope = (forms.meanSquare(1 + step) - forms.meanSquare(1 - step)) / (2 * step);
    expect(forms.meanSquareSlope(1)).toBeCloseTo(slope, 9);
    // Without them it would be E φ'².
    expect(forms.derivativeMeanSquare(1) - forms.meanSquareSlope(1)).toBeGreaterThan(0.4);
  });

  it('are those of the sign at infinite variance and of a straight line at q = 0', () => {
    // 1 − (2/π) arcsin c = (2/π) arccos c, in a form that keeps its digits at small gaps
    const lost = (gap: number): number => (4 / Math.PI) * Math.asin(Math.sqrt(gap / 2));
    for (const gap of [0, 1e-8, 0.5, 1, 1.7, 2]) {
      expect(Math.abs(forms.product(Infinity, Infinity, gap) + lost(gap) - 1)).toBeLessThan(1e-14);
      expect(Math.abs(forms.productDrop(Infinity, 1e40, gap) - lost(gap))).toBeLessThan(1e-14);
      expect(forms.derivativeProduct(0, 0, gap)).toBe(1);
      expect(forms.derivativeProduct(Infinity, 1, gap)).toBe(0);
      expect([forms.product(0, 1, gap), forms.productDrop(0, 1, gap)]).toEqual([0, 0]);
    }
    expect([forms.meanSquare(Infinity), forms.meanSquareSlope(Infinity)]).toEqual([1, 0]);
    expect([forms.meanSquare(0), forms.meanSquareSlope(0)]).toEqual([0, 1]);
  });

  it('keep their bounds and are never NaN, from one end of the floating range to the other', () => {
    const variance = fc.double({ min: -307, max: 308, noNaN: true }).map((exponent) => 10 ** exponent);
    const gaps = fc.oneof(
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: -323, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
      fc.constantFrom(0, 2 - 2 ** -52, 2),
    );
    fc.assert(
      fc.property(variance, variance, gaps, (q1, q2, gap) => {
        const bound = Math.sqrt(forms.meanSquare(q1)) * Math.sqrt(forms.meanSquare(q2));
        expect(Math.abs(forms.product(q1, q2, gap))).toBeLessThanOrEqual(bound * (1 + 1e-14));
        const drop = forms.productDrop(q1, q2, gap);
        expect(drop).toBeGreaterThanOrEqual(0);
        expect(drop).toBeLessThanOrEqual(2 * bound * (1 + 1e-14));
        const slopes = forms.derivativeProduct(q1, q2, gap);
        expect(slopes).toBeGreaterThanOrEqual(0);
        expect(slopes).toBeLessThanOrEqual(forms.derivativeMeanSquare(Math.max(q1, q2)) * (1 + 1e-14));
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
