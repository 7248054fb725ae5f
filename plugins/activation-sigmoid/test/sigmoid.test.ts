import { gaussianExpectations } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const sigmoid = definition.create();
const expectations = gaussianExpectations(sigmoid);

const relativeError = (actual: number, expected: number | string): number =>
  Number(expected) === 0
    ? Math.abs(actual)
    : Math.abs(actual - Number(expected)) / Math.abs(Number(expected));

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

  it('has expectations of one pre-activation that agree with another method to 1e-13', () => {
    for (const row of values.lengths) {
      for (const name of [
        'mean',
        'meanSquare',
        'derivativeMean',
        'derivativeMeanSquare',
        'meanSquareSlope',
      ] as const) {
        expect(relativeError(expectations[name](row.q), row[name]), `${name} at ${row.q}`).toBeLessThan(
          1e-13,
        );
      }
    }
  });

  it('has expectations of two that agree with it to 1e-12, drops relative to themselves', () => {
    for (const { q1, q2, gap, ...expected } of values.pairs) {
      const sizes = {
        product: Math.sqrt(expectations.meanSquare(q1) * expectations.meanSquare(q2)),
        productDrop: Math.abs(Number(expected.productDrop)),
        derivativeProduct: Math.sqrt(
          expectations.derivativeMeanSquare(q1) * expectations.derivativeMeanSquare(q2),
        ),
      };
      for (const name of ['product', 'productDrop', 'derivativeProduct'] as const) {
        const error = Math.abs(expectations[name](q1, q2, gap) - Number(expected[name]));
        expect(error / sizes[name], `${name} at ${q1}, ${q2}, gap ${gap}`).toBeLessThan(1e-12);
      }
    }
  });

  it('and its mirror image add up to 1', () => {
    for (const gap of [1e-6, 0.4, 1, 2]) {
      const mirrored = expectations.product(0.7, 3, 2 - gap);
      expect(expectations.product(0.7, 3, gap) + mirrored).toBeCloseTo(1 / 2, 13);
    }
  });
});
