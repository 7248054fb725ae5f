import { gaussianExpectations } from '@meanfield/numerics';
import { expectationError } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const sigmoid = definition.create();
const expectations = gaussianExpectations(sigmoid);

describe('sigmoid', () => {
  it('and its derivatives are right to the last digits, on the whole line', () => {
    for (const { x, ...expected } of values.points) {
      const actual = {
        phi: sigmoid.phi(x),
        derivative: sigmoid.derivative(x),
        secondDerivative: sigmoid.secondDerivative?.(x) ?? NaN,
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
    const second = (x: number): number => sigmoid.secondDerivative?.(x) ?? NaN;
    for (const x of [1e3, 1e16, 1e308, Infinity]) {
      expect([sigmoid.phi(x), sigmoid.derivative(x), second(x)].map(Math.abs)).toEqual([1, 0, 0]);
      expect([sigmoid.phi(-x), sigmoid.derivative(-x), second(-x)].map(Math.abs)).toEqual([0, 0, 0]);
    }
  });

  it('says which of its expectations is a closed form', () => {
    const closed = Object.entries(expectations.methods).filter(([, method]) => method === 'closed form');
    expect(closed.map(([name]) => name)).toEqual(['mean']);
  });

  it.each(['mean', 'meanSquare', 'derivativeMean', 'derivativeMeanSquare', 'meanSquareSlope'] as const)(
    'has %s that agrees with another method to 1e-13',
    (quantity) => {
      const { error, at } = expectationError(sigmoid, quantity, values);
      expect(error, at).toBeLessThan(1e-13);
    },
  );

  it.each(['product', 'productDrop', 'derivativeProduct'] as const)(
    'has %s that agrees with it to 1e-12, drops relative to themselves',
    (quantity) => {
      const { error, at } = expectationError(sigmoid, quantity, values);
      expect(error, at).toBeLessThan(1e-12);
    },
  );

  it('and its mirror image add up to 1', () => {
    for (const gap of [1e-6, 0.4, 1, 2]) {
      const mirrored = expectations.product(0.7, 3, 2 - gap);
      expect(expectations.product(0.7, 3, gap) + mirrored).toBeCloseTo(1 / 2, 13);
    }
  });
});
