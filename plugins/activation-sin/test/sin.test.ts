import { gaussianExpectations } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const forms = gaussianExpectations(definition.create());

describe('closed forms of sin(ωx)', () => {
  it.each([
    ['meanSquare', 2e-15],
    ['derivativeMeanSquare', 1e-15],
    ['product', 1e-15],
    ['productDrop', 2e-15],
    ['derivativeProduct', 1e-15],
  ] as const)(
    'have %s within %d of mpmath for ω from 0.01 to 2.5, gaps from 1e-100 to 2',
    (quantity, bound) => {
      for (const { frequency, ...table } of values.tables) {
        const { error, at } = closedFormError(definition.create({ frequency }), quantity, table);
        if (process.env['SHOW_ERRORS']) console.log('sin', frequency, quantity, error, at);
        expect(error, `${at} at frequency ${frequency}`).toBeLessThan(bound);
      }
    },
  );

  it('have exponentials as exact as their exponents, which are rounded, let them be', () => {
    for (const { frequency, lengths } of values.tables) {
      const { derivativeMean, meanSquareSlope } = gaussianExpectations(definition.create({ frequency }));
      for (const { q, ...expected } of lengths) {
        const rounding = 5e-16 * (1 + 2 * frequency ** 2 * q);
        expect(Math.abs(derivativeMean(q) / Number(expected.derivativeMean) - 1)).toBeLessThan(rounding);
        expect(Math.abs(meanSquareSlope(q) / Number(expected.meanSquareSlope) - 1)).toBeLessThan(rounding);
      }
    }
  });

  it('are all there', () => {
    expect(new Set(Object.values(forms.methods))).toEqual(new Set(['closed form']));
  });

  it('are numbers within their bounds at any variances, 0 and Infinity included', () => {
    const variances = fc.oneof(
      fc.constantFrom(0, 1e-300, 1e300, Infinity),
      fc.double({ min: 0, max: 100, noNaN: true }),
    );
    const gaps = fc.oneof(fc.constantFrom(0, 1e-16, 2), fc.double({ min: 0, max: 2, noNaN: true }));
    const frequencies = fc.constantFrom(1e-100, 1, 30, 1e100);
    fc.assert(
      fc.property(frequencies, variances, variances, gaps, (frequency, q1, q2, gap) => {
        const { product, productDrop, derivativeProduct } = gaussianExpectations(
          definition.create({ frequency }),
        );
        expect(Math.abs(product(q1, q2, gap))).toBeLessThanOrEqual(0.5);
        expect(productDrop(q1, q2, gap)).toBeGreaterThanOrEqual(0);
        expect(productDrop(q1, q2, gap)).toBeLessThanOrEqual(1);
        expect(derivativeProduct(q1, q2, gap) / frequency / frequency).toBeLessThanOrEqual(1 + 1e-15);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('are those of random phases at infinite variance', () => {
    expect([forms.meanSquare(Infinity), forms.derivativeMeanSquare(Infinity)]).toEqual([0.5, 0.5]);
    expect([forms.product(Infinity, Infinity, 0), forms.product(Infinity, Infinity, 0.1)]).toEqual([0.5, 0]);
    expect([forms.productDrop(Infinity, Infinity, 0.1), forms.productDrop(Infinity, Infinity, 2)]).toEqual([
      0.5, 1,
    ]);
    expect([forms.product(Infinity, 1, 0), forms.product(0, Infinity, 0.5)]).toEqual([0, 0]);
  });
});

describe('sin(ωx)', () => {
  it('has frequency 1 unless another is asked for', () => {
    expect(definition.create().phi(0.3)).toBe(Math.sin(0.3));
    expect(definition.create({ frequency: 30 }).derivative(0)).toBe(30);
  });

  it.each([0, -1, NaN, Infinity, '1'])('refuses the frequency %s', (frequency) => {
    expect(() => definition.create({ frequency: frequency as number })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});
