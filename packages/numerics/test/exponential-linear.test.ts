import type { GaussianClosedForms } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { exponentialLinearForms, gaussianExpectations } from '../src/index.js';

const unit = { slope: 1.3, alpha: 0.7 };
const forms = exponentialLinearForms(unit);
const reference = gaussianExpectations({
  name: 'reference',
  phi: (x) => unit.slope * (x > 0 ? x : unit.alpha * Math.expm1(x)),
  derivative: (x) => unit.slope * (x > 0 ? 1 : unit.alpha * Math.exp(x)),
  secondDerivative: (x) => unit.slope * (x > 0 ? 0 : unit.alpha * Math.exp(x)),
  kinks: [0],
  homogeneous: false,
  closedForms: {},
  tensorForm: (x) => x,
});

const ONE = ['mean', 'meanSquare', 'derivativeMean', 'derivativeMeanSquare', 'meanSquareSlope'] as const;
const TWO = ['product', 'productDrop', 'derivativeProduct'] as const;

describe('exponentialLinearForms', () => {
  it.each(ONE)('agree with quadrature: %s', (name) => {
    for (const q of [1e-6, 0.01, 0.4, 1.9, 2.1, 40, 1e4]) {
      expect(Math.abs(forms[name](q) / reference[name](q) - 1), `q ${q}`).toBeLessThan(1e-13);
    }
  });

  it('agree with quadrature for two variances, on both sides of every switch of method', () => {
    // g·gap on both sides of 2, θ of π/2, a + b of 1, min(a, b) of 1/4
    for (const [q1, q2] of [
      [2.5, 2.5],
      [0.12, 6],
      [0.13, 0.9],
    ] as const) {
      for (const gap of [1e-12, 0.79, 0.81, 0.999999, 1.000001, 1.99]) {
        const bound = Math.sqrt(reference.meanSquare(q1) * reference.meanSquare(q2));
        expect(Math.abs(forms.product(q1, q2, gap) - reference.product(q1, q2, gap))).toBeLessThan(
          1e-13 * bound,
        );
        const drop = reference.productDrop(q1, q2, gap);
        expect(Math.abs(forms.productDrop(q1, q2, gap) / drop - 1)).toBeLessThan(1e-12);
        const slopes = reference.derivativeProduct(q1, q2, gap);
        expect(Math.abs(forms.derivativeProduct(q1, q2, gap) - slopes)).toBeLessThan(1e-13);
      }
    }
  });

  it('have the limits of q = 0 and q = Infinity', () => {
    const { slope, alpha } = unit;
    const close = (value: number, expected: number): void => {
      expect(Math.abs(value - expected)).toBeLessThan(1e-14);
    };
    expect([
      forms.mean(0),
      forms.meanSquare(0),
      forms.product(0, 1, 0.5),
      forms.productDrop(0, 0, 1),
    ]).toEqual([0, 0, 0, 0]);
    close(forms.derivativeMean(0), (slope * (1 + alpha)) / 2);
    close(forms.meanSquareSlope(0), (slope ** 2 * (1 + alpha ** 2)) / 2);
    // A quarter for each quadrant of independent signs
    close(forms.derivativeProduct(0, 0, 1), ((slope * (1 + alpha)) / 2) ** 2);
    close(forms.derivativeProduct(0, 0, 2), slope ** 2 * alpha);
    expect([forms.mean(Infinity), forms.meanSquare(Infinity)]).toEqual([Infinity, Infinity]);
    close(forms.derivativeMeanSquare(Infinity), slope ** 2 / 2);
    close(forms.derivativeProduct(Infinity, Infinity, 1), slope ** 2 / 4);
  });

  it('keep the Cauchy–Schwarz bounds and are never NaN, from one end of the floating range to the other', () => {
    const variance = fc.double({ min: -300, max: 300, noNaN: true }).map((exponent) => 10 ** exponent);
    const gaps = fc.oneof(
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.constantFrom(0, 1e-300, 2 - 2 ** -52, 2),
    );
    const { slope, alpha } = unit;
    const one: GaussianClosedForms = forms;
    expect(Object.keys(one).sort()).toEqual([...ONE, ...TWO].sort());
    fc.assert(
      fc.property(variance, variance, gaps, (q1, q2, gap) => {
        const bound = Math.sqrt(forms.meanSquare(q1)) * Math.sqrt(forms.meanSquare(q2));
        expect(Math.abs(forms.product(q1, q2, gap))).toBeLessThanOrEqual(bound * (1 + 1e-14));
        expect(forms.productDrop(q1, q2, gap)).toBeGreaterThanOrEqual(0);
        expect(forms.derivativeProduct(q1, q2, gap)).toBeGreaterThan(-1e-15);
        expect(forms.derivativeProduct(q1, q2, gap)).toBeLessThan(
          slope ** 2 * Math.max(1, alpha) ** 2 + 1e-14,
        );
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
