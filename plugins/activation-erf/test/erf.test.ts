import { gaussianExpectations, hermiteCoefficients } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/values.json' with { type: 'json' };

const erf = definition.create();
const forms = gaussianExpectations(erf);

describe('closed forms of erf', () => {
  it.each([
    ['meanSquare', 1e-15],
    ['derivativeMean', 1e-15],
    ['derivativeMeanSquare', 1e-15],
    ['meanSquareSlope', 1e-15],
    ['product', 1e-15],
    ['productDrop', 2e-15],
    ['derivativeProduct', 1e-15],
  ] as const)('have %s within %d of mpmath, q from 1e-8 to 1e6, gaps from 1e-100 to 2', (quantity, bound) => {
    const { error, at } = closedFormError(erf, quantity, values);
    if (process.env['SHOW_ERRORS']) console.log('erf', quantity, error, at);
    expect(error, at).toBeLessThan(bound);
  });

  it('are all there', () => {
    expect(new Set(Object.values(forms.methods))).toEqual(new Set(['closed form']));
  });

  it('agree at q = 1 with the form by an arctangent (shrinkage2021 app. B)', () => {
    for (const c of [-1, -0.4, 0.3, 0.999]) {
      const arctangent = (2 / Math.PI) * Math.atan((2 * c) / Math.sqrt(9 - 4 * c * c));
      expect(forms.product(1, 1, 1 - c)).toBeCloseTo(arctangent, 14);
    }
  });

  it('are those of the sign at infinite variance, and 0 where φ is evaluated at 0', () => {
    expect(forms.meanSquare(Infinity)).toBe(1);
    expect(forms.product(Infinity, Infinity, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 15);
    expect(forms.productDrop(Infinity, Infinity, 2)).toBe(2);
    expect([
      forms.productDrop(Infinity, Infinity, 0),
      forms.derivativeProduct(Infinity, Infinity, 0),
    ]).toEqual([0, 0]);
    expect(forms.derivativeProduct(Infinity, 1, 0.5)).toBe(0);
    expect([forms.product(0, Infinity, 0.5), forms.productDrop(0, 3, 1)]).toEqual([0, 0]);
    expect(forms.derivativeProduct(0, 0, 1.5)).toBeCloseTo(4 / Math.PI, 15);
  });
});

describe('erf', () => {
  it('has the golden Hermite coefficients', () => {
    const coefficients = hermiteCoefficients((x) => erf.phi(x), golden.hermite.length);
    golden.hermite.forEach((value, n) =>
      expect(Math.abs(coefficients[n]! - Number(value))).toBeLessThan(1e-14),
    );
  });

  it("keeps the digits of φ' and φ'' far out", () => {
    // (2/√π) e^{−x²} by mpmath; rounding x² alone would cost 1e-14
    expect(Math.abs(erf.derivative(19.7) / 3.214471484391453e-169 - 1)).toBeLessThan(1e-15);
    expect(erf.secondDerivative?.(19.7)).toBe(-39.4 * erf.derivative(19.7));
    expect([erf.derivative(1e200), erf.secondDerivative?.(1e200)]).toEqual([0, -0]);
  });
});
