import { gaussianExpectations, hermiteCoefficients } from '@meanfield/numerics';
import { expectationError } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/values.json' with { type: 'json' };

const softplus = definition.create();
const expectations = gaussianExpectations(softplus);

const relativeError = (actual: number, expected: number | string): number =>
  Number(expected) === 0
    ? Math.abs(actual)
    : Math.abs(actual - Number(expected)) / Math.abs(Number(expected));

describe('softplus', () => {
  it('and its derivatives are right to the last digits, on the whole line', () => {
    for (const { x, ...expected } of values.points) {
      const actual = {
        phi: softplus.phi(x),
        derivative: softplus.derivative(x),
        secondDerivative: softplus.secondDerivative?.(x) ?? NaN,
      };
      for (const name of ['phi', 'derivative', 'secondDerivative'] as const) {
        const allowed = 1e-15 * Math.abs(Number(expected[name]));
        expect(Math.abs(actual[name] - Number(expected[name])), `${name} at ${x}`).toBeLessThanOrEqual(
          allowed,
        );
      }
    }
  });

  it('has its limits where exp overflows and underflows', () => {
    const second = (x: number): number => softplus.secondDerivative?.(x) ?? NaN;
    for (const x of [1e3, 1e16, 1e308, Infinity]) {
      expect([softplus.phi(x), softplus.derivative(x), second(x)]).toEqual([x, 1, 0]);
      expect([softplus.phi(-x), softplus.derivative(-x), second(-x)]).toEqual([0, 0, 0]);
    }
  });

  it('says which of its expectations is a closed form', () => {
    const closed = Object.entries(expectations.methods).filter(([, method]) => method === 'closed form');
    expect(closed.map(([name]) => name)).toEqual(['derivativeMean']);
  });

  it.each(['mean', 'meanSquare', 'derivativeMean', 'derivativeMeanSquare', 'meanSquareSlope'] as const)(
    'has %s that agrees with another method to 1e-13',
    (quantity) => {
      const { error, at } = expectationError(softplus, quantity, values);
      expect(error, at).toBeLessThan(1e-13);
    },
  );

  it.each(['product', 'productDrop', 'derivativeProduct'] as const)(
    'has %s that agrees with it to 1e-12, drops relative to themselves',
    (quantity) => {
      const { error, at } = expectationError(softplus, quantity, values);
      expect(error, at).toBeLessThan(1e-12);
    },
  );

  it('has the golden Hermite coefficients at q = 1', () => {
    const coefficients = hermiteCoefficients((x) => softplus.phi(x), golden.hermite.length);
    golden.hermite.forEach((expected, n) => {
      expect(Math.abs((coefficients[n] ?? NaN) - Number(expected))).toBeLessThan(1e-14);
    });
  });

  it.each([1e-3, 100])('at β = %s is itself with another unit of length', (beta) => {
    const scaled = gaussianExpectations(definition.create({ beta }));
    const [q1, q2, gap] = [0.7 / beta ** 2, 3 / beta ** 2, 1e-6];
    expect(relativeError(scaled.mean(q1), expectations.mean(0.7) / beta)).toBeLessThan(1e-13);
    expect(relativeError(scaled.meanSquareSlope(q2), expectations.meanSquareSlope(3))).toBeLessThan(1e-13);
    const drop = expectations.productDrop(0.7, 3, gap) / beta ** 2;
    expect(relativeError(scaled.productDrop(q1, q2, gap), drop)).toBeLessThan(1e-12);
    expect(definition.create({ beta }).phi(2 / beta)).toBeCloseTo(softplus.phi(2) / beta, 12);
  });

  it('is almost ReLU at β = 1e6', () => {
    const scaled = gaussianExpectations(definition.create({ beta: 1e6 }));
    expect(scaled.mean(1)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 10);
    expect(scaled.product(1, 1, 1)).toBeCloseTo(1 / (2 * Math.PI), 10);
    expect(scaled.derivativeProduct(1, 1, 0.5)).toBeCloseTo(1 / 3, 5);
  });

  it.each([0, -1, Infinity, NaN, 'steep'])('refuses β = %s', (beta) => {
    expect(() => definition.create({ beta: beta as number })).toThrow(
      /Expected valid option beta of activation softplus/,
    );
  });
});
