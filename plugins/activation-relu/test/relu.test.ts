import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import definition from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };

const relu = definition.create();
const forms = relu.closedForms as Required<typeof relu.closedForms>;

const relativeError = (actual: number, expected: number): number =>
  expected === 0 ? Math.abs(actual) : Math.abs(actual - expected) / Math.abs(expected);

describe('closed forms of ReLU', () => {
  it.each(['mean', 'meanSquare'] as const)('have %s right to the last digits', (name) => {
    for (const row of values.lengths) {
      expect(relativeError(forms[name](row.q), Number(row[name])), `q ${row.q}`).toBeLessThan(3e-16);
    }
  });

  it.each(['product', 'productDrop', 'derivativeProduct'] as const)(
    'have %s right to the last digits, for gaps from 1e-300 to 2',
    (name) => {
      for (const row of values.pairs) {
        const error = relativeError(forms[name](row.q1, row.q2, row.gap), Number(row[name]));
        expect(error, `q1 ${row.q1}, q2 ${row.q2}, gap ${row.gap}`).toBeLessThan(1e-15);
      }
    },
  );

  it('lose nothing where the textbook formula loses half of the change', () => {
    const gap = 1e-10;
    const theta = Math.acos(1 - gap);
    const textbook = 0.5 - (Math.sin(theta) + (Math.PI - theta) * Math.cos(theta)) / (2 * Math.PI);
    // gap/2 less the leading term of the drop's expansion, 2^(3/2) gap^(3/2)/(6π)
    const expected = gap / 2 - (2 ** 1.5 * gap ** 1.5) / (6 * Math.PI);
    expect(relativeError(forms.productDrop(1, 1, gap), expected)).toBeLessThan(1e-10);
    // The fall of 1 − c in one layer of σ_w² = 2 is gap − 2 drop: the textbook's is wrong in its first digit.
    const fall = gap - 2 * forms.productDrop(1, 1, gap);
    expect(relativeError(gap - 2 * textbook, fall)).toBeGreaterThan(0.1);
  });

  it('scale as √(q1 q2), without overflow', () => {
    const positive = fc.double({ min: 1e-150, max: 1e150, noNaN: true });
    const gaps = fc.double({ min: 1e-12, max: 2, noNaN: true });
    fc.assert(
      fc.property(positive, positive, gaps, (q1, q2, gap) => {
        const scale = Math.sqrt(q1) * Math.sqrt(q2);
        expect(relativeError(forms.product(q1, q2, gap), scale * forms.product(1, 1, gap))).toBeLessThan(
          1e-15,
        );
        expect(
          relativeError(forms.productDrop(q1, q2, gap), scale * forms.productDrop(1, 1, gap)),
        ).toBeLessThan(1e-15);
      }),
      { seed: 1 },
    );
    expect(forms.product(1e300, 1e300, 0)).toBeCloseTo(5e299, -290);
  });

  it('take φ as 0 at the kink and its limits at q = 0', () => {
    expect([relu.phi(-0.5), relu.phi(0), relu.phi(0.5), relu.derivative(0)]).toEqual([0, 0, 0.5, 0]);
    expect(forms.derivativeMeanSquare(0)).toBe(0.5);
    expect(forms.productDrop(0, 1, 0.5)).toBe(0);
  });
});
