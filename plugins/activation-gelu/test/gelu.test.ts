import { gaussianExpectations, hermiteCoefficients } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/values.json' with { type: 'json' };

const exact = definition.create();
const approximate = definition.create({ form: 'tanh' });
const forms = gaussianExpectations(exact);

describe('closed forms of GELU', () => {
  it.each([
    ['mean', 1e-15],
    ['meanSquare', 1e-15],
    ['derivativeMean', 1e-15],
    ['derivativeMeanSquare', 1e-15],
    ['meanSquareSlope', 1e-15],
    ['product', 1e-15],
    ['productDrop', 2e-15],
    ['derivativeProduct', 1e-15],
  ] as const)('have %s within %d of mpmath, q from 1e-8 to 1e6, gaps from 1e-100 to 2', (quantity, bound) => {
    const { error, at } = closedFormError(exact, quantity, values);
    if (process.env['SHOW_ERRORS']) console.log('gelu', quantity, error, at);
    expect(error, at).toBeLessThan(bound);
  });

  it('are all there for the exact form; of the tanh form there is E φ′ alone', () => {
    expect(new Set(Object.values(forms.methods))).toEqual(new Set(['closed form']));
    const { methods } = gaussianExpectations(approximate);
    expect(Object.entries(methods).filter(([, method]) => method === 'closed form')).toEqual([
      ['derivativeMean', 'closed form'],
    ]);
  });

  it('go over to those of ReLU for long signals', () => {
    expect(forms.meanSquare(1e14) / 1e14).toBeCloseTo(1 / 2, 6);
    expect([forms.derivativeMeanSquare(Infinity), forms.meanSquareSlope(Infinity)]).toEqual([0.5, 0.5]);
    expect(forms.derivativeProduct(Infinity, Infinity, 1)).toBeCloseTo(1 / 4, 15);
    expect([forms.meanSquare(Infinity), forms.mean(Infinity)]).toEqual([Infinity, Infinity]);
    // −E u² Φ(u) Φ(−u), which dies out like 1/√q
    expect([forms.product(Infinity, Infinity, 2), forms.product(Infinity, 1, 2)]).toEqual([0, -Infinity]);
  });

  it('are numbers, and drops positive for equal lengths, at any variances', () => {
    const variances = fc.oneof(
      fc.constantFrom(0, 1e-300, 1e300, Infinity),
      fc.double({ min: -20, max: 20, noNaN: true }).map((power) => 10 ** power),
    );
    const gaps = fc.oneof(fc.constantFrom(0, 1e-300, 1, 2), fc.double({ min: 0, max: 2, noNaN: true }));
    fc.assert(
      fc.property(variances, variances, gaps, (q1, q2, gap) => {
        expect([forms.product(q1, q2, gap), forms.productDrop(q1, q2, gap)]).not.toContain(NaN);
        expect(forms.derivativeProduct(q1, q2, gap)).toSatisfy(Number.isFinite);
        expect(forms.productDrop(q1, q1, gap)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});

describe('GELU', () => {
  it.each([
    ['exact', exact],
    ['tanh', approximate],
  ] as const)("has φ, φ' and φ'' of its %s form within 1e-14 of mpmath", (form, activation) => {
    for (const { x, ...expected } of values.points) {
      const [phi, slope, curvature] = expected[form].map(Number) as [number, number, number];
      const within = (actual: number, value: number, size: number): void => {
        const error = actual === value ? 0 : Math.abs(actual - value) / size;
        if (process.env['SHOW_ERRORS'] && error > 1e-15) console.log(form, x, error);
        expect(error, `at ${x}: ${actual}, expected ${value}`).toBeLessThan(1e-14);
      };
      within(activation.phi(x), phi, Math.abs(phi));
      // φ' and φ'' have zeros near −0.75 and ±√2, where their terms, of the size 0.1, cancel.
      within(
        activation.derivative(x),
        slope,
        Math.abs(x) < 2 ? Math.max(Math.abs(slope), 0.1) : Math.abs(slope),
      );
      within(
        activation.secondDerivative?.(x) ?? NaN,
        curvature,
        Math.abs(x) < 2 ? Math.max(Math.abs(curvature), 0.1) : Math.abs(curvature),
      );
    }
  });

  it('has the golden Hermite coefficients', () => {
    const coefficients = hermiteCoefficients((x) => exact.phi(x), golden.hermite.length);
    golden.hermite.forEach((value, n) =>
      expect(Math.abs(coefficients[n]! - Number(value))).toBeLessThan(1e-14),
    );
  });

  it('is 0, 1 or 0 in φ′ and φ″ far out, not NaN', () => {
    for (const activation of [exact, approximate]) {
      expect([activation.derivative(-1e200), activation.derivative(1e200)]).toEqual([0, 1]);
      expect(activation.secondDerivative?.(1e200)).toBe(0);
    }
  });

  it('refuses a form that it does not have', () => {
    expect(() => definition.create({ form: 'sigmoid' as 'tanh' })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});
