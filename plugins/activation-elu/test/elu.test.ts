import { gaussianExpectations } from '@meanfield/numerics';
import { arrayOps, closedFormError } from '@meanfield/testing';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const quantities = [
  ['mean', 1e-15],
  ['meanSquare', 1e-15],
  ['derivativeMean', 1e-15],
  ['derivativeMeanSquare', 1e-15],
  ['meanSquareSlope', 1e-15],
  ['product', 1e-15],
  ['productDrop', 1e-15],
  ['derivativeProduct', 1e-15],
] as const;

describe.each(values.units)('Gaussian expectations of ELU with α = $alpha', (unit) => {
  const elu = definition.create({ alpha: unit.alpha });

  it.each(quantities)(
    'have %s within %d of mpmath, q from 1e-8 to 1e6, gaps from 1e-14 to 2',
    (name, bound) => {
      const { error, at } = closedFormError(elu, name, unit);
      if (process.env['SHOW_ERRORS']) console.log('elu', unit.alpha, name, error, at);
      expect(error, at).toBeLessThan(bound);
    },
  );

  it('need no quadrature of numerics', () => {
    const { product, productDrop, derivativeProduct, ...ofOne } = gaussianExpectations(elu).methods;
    expect(new Set([product, productDrop, derivativeProduct])).toEqual(new Set(['single integral']));
    expect(new Set(Object.values(ofOne))).toEqual(new Set(['closed form']));
  });
});

describe('ELU', () => {
  it('is α (eˣ − 1) below 0 with the slope α at 0', () => {
    const elu = definition.create({ alpha: 0.5 });
    expect([elu.phi(2), elu.phi(0), elu.phi(-Infinity)]).toEqual([2, 0, -0.5]);
    expect([elu.derivative(2), elu.derivative(0), elu.derivative(-800)]).toEqual([1, 0.5, 0]);
    expect(elu.phi(-1e-12)).toBe(0.5 * Math.expm1(-1e-12));
  });

  it("lists its kink for α = 1 too, where φ' is continuous and φ'' jumps", () => {
    const elu = definition.create();
    expect(elu.kinks).toEqual([0]);
    expect(elu.derivative(-1e-12)).toBeCloseTo(elu.derivative(1e-12), 11);
    expect([elu.secondDerivative?.(-1e-12), elu.secondDerivative?.(1e-12)]).toEqual([1 - 1e-12, 0]);
  });

  it('keeps its digits near 0 as tensor operations', () => {
    const points = [-1e-12, -1e-7, -1e-3];
    const results = definition.create().tensorForm(points, arrayOps);
    points.forEach((x, index) =>
      expect(Math.abs((results[index] ?? NaN) / Math.expm1(x) - 1)).toBeLessThan(1e-15),
    );
  });

  it('takes α above 0 up to 1000, and keeps a drop to 1e-12 even there', () => {
    for (const alpha of [0, -1, 1001, NaN, Infinity]) {
      expect(() => definition.create({ alpha })).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
    }
    const elu = definition.create({ alpha: 1000 });
    const integrated = gaussianExpectations({ ...elu, closedForms: {} });
    const forms = gaussianExpectations(elu);
    for (const [q, gap] of [
      [1, 0.3],
      [1e4, 0.3],
      [1e4, 1.9],
    ] as const) {
      expect(Math.abs(forms.productDrop(q, q, gap) / integrated.productDrop(q, q, gap) - 1)).toBeLessThan(
        1e-11,
      );
    }
  });
});
