import { gaussianExpectations } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import fixture from './fixtures/values.json' with { type: 'json' };

const tanh = definition.create();

describe('tanh', () => {
  it('and its derivatives are right to the last digits, also where 1 − tanh² is 0', () => {
    for (const { x, ...expected } of fixture.values) {
      const actual = {
        phi: tanh.phi(x),
        derivative: tanh.derivative(x),
        secondDerivative: tanh.secondDerivative?.(x) ?? NaN,
      };
      for (const name of ['phi', 'derivative', 'secondDerivative'] as const) {
        const value = Number(expected[name]);
        expect(Math.abs(actual[name] - value), `${name} at ${x}`).toBeLessThanOrEqual(
          1e-15 * Math.abs(value),
        );
      }
    }
  });

  it('leaves everything but its mean to quadrature', () => {
    const { methods } = gaussianExpectations(tanh);
    const closed = Object.entries(methods).filter(([, method]) => method === 'closed form');
    expect(closed.map(([name]) => name)).toEqual(['mean']);
  });
});
