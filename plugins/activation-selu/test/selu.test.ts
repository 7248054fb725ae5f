import { gaussianExpectations } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import { ALPHA, SLOPE } from '../src/selu.js';
import values from './fixtures/values.json' with { type: 'json' };

const selu = definition.create();
const forms = gaussianExpectations(selu);
const [unit] = values.units;

describe('SELU', () => {
  it('has λ and α to the last digit', () => {
    expect(SLOPE).toBe(Number(values.constants.slope));
    expect(ALPHA).toBe(Number(values.constants.alpha));
  });

  it('has the fixed point q = 1, mean 0, and it attracts lengths (klambauer2017)', () => {
    expect(Math.abs(forms.mean(1))).toBeLessThan(2e-16);
    expect(Math.abs(forms.meanSquare(1) - 1)).toBeLessThan(5e-16);
    expect(forms.meanSquareSlope(1)).toBeGreaterThan(0.5);
    expect(forms.meanSquareSlope(1)).toBeLessThan(1);
    // χ₁ at σ_w² = 1: just on the chaotic side
    expect(forms.derivativeMeanSquare(1)).toBeGreaterThan(1);
    expect(forms.derivativeMeanSquare(1)).toBeLessThan(1.1);
  });

  it("has φ' jump at its only kink, from λα to λ", () => {
    expect(selu.kinks).toEqual([0]);
    expect([selu.derivative(0), selu.derivative(1e-300)]).toEqual([SLOPE * ALPHA, SLOPE]);
    expect(selu.phi(-Infinity)).toBe(SLOPE * -ALPHA);
  });
});

describe('Gaussian expectations of SELU', () => {
  it.each([
    ['meanSquare', 1e-15],
    ['derivativeMean', 1e-15],
    ['derivativeMeanSquare', 1e-15],
    ['meanSquareSlope', 1e-15],
    ['product', 1e-15],
    ['productDrop', 1e-15],
    ['derivativeProduct', 1e-15],
  ] as const)('have %s within %d of mpmath, q from 1e-8 to 1e5, gaps from 1e-14 to 2', (name, bound) => {
    const { error, at } = closedFormError(selu, name, unit!);
    if (process.env['SHOW_ERRORS']) console.log('selu', name, error, at);
    expect(error, at).toBeLessThan(bound);
  });

  it('have the mean, which changes its sign at q = 1, within 1e-15 of √E φ²', () => {
    for (const row of unit!.lengths) {
      const error = Math.abs(forms.mean(row.q) - Number(row.mean)) / Math.sqrt(forms.meanSquare(row.q));
      expect(error, `q ${row.q}`).toBeLessThan(1e-15);
    }
    expect(forms.mean(0.5)).toBeLessThan(0);
    expect(forms.mean(2)).toBeGreaterThan(0);
  });

  it('need no quadrature of numerics', () => {
    const { product, productDrop, derivativeProduct, ...ofOne } = forms.methods;
    expect(new Set([product, productDrop, derivativeProduct])).toEqual(new Set(['single integral']));
    expect(new Set(Object.values(ofOne))).toEqual(new Set(['closed form']));
  });
});
