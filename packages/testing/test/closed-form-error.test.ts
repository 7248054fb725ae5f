import type { Activation, GaussianClosedForms } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { closedFormError, expectationError } from '../src/index.js';

const identityWith = (closedForms: GaussianClosedForms): Activation => ({
  name: 'identity',
  phi: (x) => x,
  derivative: () => 1,
  kinks: [],
  homogeneous: true,
  closedForms,
  tensorForm: (x) => x,
});

const table = {
  lengths: [
    { q: 1, meanSquare: '1' },
    { q: 4, meanSquare: '4' },
  ],
  pairs: [
    { q1: 1, q2: 4, gap: 1, product: '0', productDrop: '2' },
    { q1: 4, q2: 4, gap: 1e-16, product: '3.9999999999999996', productDrop: '4e-16' },
  ],
};

describe('closedFormError', () => {
  it('is 0 where every value is met, and names no point then', () => {
    const activation = identityWith({ meanSquare: (q) => q });
    expect(closedFormError(activation, 'meanSquare', table)).toEqual({ error: 0, at: 'none' });
  });

  it('is the largest relative error, with its point', () => {
    const activation = identityWith({ meanSquare: (q) => (q === 4 ? 4.4 : 1.01) });
    const { error, at } = closedFormError(activation, 'meanSquare', table);
    expect(error).toBeCloseTo(0.1, 12);
    expect(at).toBe('meanSquare(4)');
  });

  it('compares products with their Cauchy–Schwarz bound, drops with themselves', () => {
    const activation = identityWith({
      meanSquare: (q) => q,
      product: (q1, q2, gap) => Math.sqrt(q1 * q2) * (1 - gap) + 0.02,
      productDrop: (q1, q2, gap) => Math.sqrt(q1 * q2) - Math.sqrt(q1 * q2) * (1 - gap),
    });
    expect(closedFormError(activation, 'product', table).error).toBeCloseTo(0.01, 12);
    // 1 − 1e-16 is 1 − 2⁻⁵³: the plain difference is 11 % off.
    expect(closedFormError(activation, 'productDrop', table)).toEqual({
      error: expect.closeTo(0.11, 2) as number,
      at: 'productDrop(4, 4, 1e-16)',
    });
  });

  it('is infinite where a form gives NaN', () => {
    const activation = identityWith({ meanSquare: () => NaN });
    expect(closedFormError(activation, 'meanSquare', table).error).toBe(Infinity);
  });

  it('throws for what is not there, on either side', () => {
    expect(() => closedFormError(identityWith({}), 'meanSquare', table)).toThrow('meanSquare(1)');
    expect(() => closedFormError(identityWith({ mean: () => 0 }), 'mean', table)).toThrow('mean(1)');
  });
});

describe('expectationError', () => {
  it('integrates what has no closed form, and sees a table that is wrong', () => {
    const { error } = expectationError(identityWith({}), 'meanSquare', table);
    expect(error).toBeLessThan(1e-14);
    const wrong = { ...table, lengths: [{ q: 4, meanSquare: '4.4' }] };
    expect(expectationError(identityWith({}), 'meanSquare', wrong).error).toBeCloseTo(0.4 / 4.4, 12);
  });
});
