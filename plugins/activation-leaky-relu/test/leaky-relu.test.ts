import { gaussianExpectations, hermiteCoefficients } from '@meanfield/numerics';
import { closedFormError } from '@meanfield/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/values.json' with { type: 'json' };

const QUANTITIES = [
  'mean',
  'meanSquare',
  'derivativeMean',
  'derivativeMeanSquare',
  'meanSquareSlope',
  'product',
  'productDrop',
  'derivativeProduct',
] as const;

const expectationsAt = (negativeSlope: number) => gaussianExpectations(definition.create({ negativeSlope }));

describe('closed forms of leaky ReLU', () => {
  it.each(QUANTITIES)(
    'have %s within 2e-15 of mpmath for slopes from −20 to 3, gaps from 1e-100 to 2',
    (quantity) => {
      for (const { negativeSlope, ...table } of values.tables) {
        const { error, at } = closedFormError(definition.create({ negativeSlope }), quantity, table);
        if (process.env['SHOW_ERRORS']) console.log('leaky', negativeSlope, quantity, error, at);
        expect(error, `${at} at slope ${negativeSlope}`).toBeLessThan(2e-15);
      }
    },
  );

  it('are all there', () => {
    expect(new Set(Object.values(expectationsAt(0.01).methods))).toEqual(new Set(['closed form']));
  });

  it('give the absolute value at slope −1, whose drop is even in c', () => {
    const { productDrop, product } = expectationsAt(-1);
    for (const gap of [2 ** -40, 2 ** -10, 0.5]) {
      expect(productDrop(1, 1, 2 - gap) / productDrop(1, 1, gap)).toBeCloseTo(1, 14);
    }
    expect([productDrop(1, 1, 2), product(1, 1, 2)]).toEqual([0, 1]);
  });

  it('preserve the norm at σ_w² = 2/(1 + a²) (tsuchida2018 cor. 10)', () => {
    for (const a of [0, 0.01, 0.3, 2]) {
      expect((2 / (1 + a * a)) * expectationsAt(a).meanSquare(3)).toBeCloseTo(3, 14);
    }
  });

  it('are numbers at variances 0 and Infinity, whatever the slope', () => {
    const variances = fc.constantFrom(0, 1e-300, 1, 1e300, Infinity);
    const gaps = fc.constantFrom(0, 1e-16, 1, 2);
    const slopes = fc.constantFrom(-1e100, -1, 0, 0.01, 1, 1e100);
    fc.assert(
      fc.property(slopes, variances, variances, gaps, (a, q1, q2, gap) => {
        const forms = expectationsAt(a);
        const all = [
          forms.mean(q1),
          forms.meanSquare(q1),
          forms.meanSquareSlope(q1),
          forms.product(q1, q2, gap),
        ];
        expect([...all, forms.productDrop(q1, q2, gap), forms.derivativeProduct(q1, q2, gap)]).not.toContain(
          NaN,
        );
      }),
      { seed: 1, numRuns: 500 },
    );
    expect([expectationsAt(1).mean(Infinity), expectationsAt(0).product(0, Infinity, 1)]).toEqual([0, 0]);
  });
});

describe('leaky ReLU', () => {
  it('has slope 0.01 below 0 unless another is asked for, and no kink at slope 1', () => {
    const standard = definition.create();
    expect([standard.phi(-2), standard.phi(2), standard.derivative(0)]).toEqual([-0.02, 2, 0.01]);
    expect([standard.kinks, definition.create({ negativeSlope: 1 }).kinks]).toEqual([[0], []]);
  });

  it('has the golden Hermite coefficients at slope 0.2', () => {
    const activation = definition.create({ negativeSlope: 0.2 });
    const coefficients = hermiteCoefficients((x) => activation.phi(x), golden.hermite.length, {
      kinks: activation.kinks,
    });
    golden.hermite.forEach((value, n) =>
      expect(Math.abs(coefficients[n]! - Number(value))).toBeLessThan(1e-14),
    );
  });

  it.each([NaN, Infinity, 1e101, '0.1', null])('refuses the slope %s', (negativeSlope) => {
    expect(() => definition.create({ negativeSlope: negativeSlope as number })).toThrow(
      expect.objectContaining({ code: 'INVALID_OPTION' }),
    );
  });
});
