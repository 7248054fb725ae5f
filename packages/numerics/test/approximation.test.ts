import { isMeanfieldError } from '@meanfield/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { piecewisePolynomial, type PiecewisePolynomial } from '../src/index.js';

/** (E φφ drop)/gap of ReLU at q = 1 in s = √gap, from c = cos θ: a function with odd powers of s. */
const reluRatio = (s: number): number => {
  const theta = 2 * Math.asin(s / Math.SQRT2);
  // (sin θ − θ cos θ)/θ³, whose term k is (−1)^(k+1) 2k θ^(2k−2)/(2k+1)!
  let term = 1 / 3;
  let series = term;
  for (let k = 2; k <= 12; k++) {
    term *= -(theta ** 2) / ((2 * k - 2) * (2 * k + 1));
    series += term;
  }
  const chord = s === 0 ? Math.SQRT2 : theta / s;
  return 0.5 - (theta * chord ** 2 * series) / (2 * Math.PI);
};

const cases: readonly [string, (x: number) => number, number, number][] = [
  ['exp', Math.exp, 0, 1],
  ['log', Math.log, 1, 9],
  ['Runge’s 1/(1 + 25 x²)', (x) => 1 / (1 + 25 * x * x), -1, 1],
  ['the ReLU kernel in √gap', reluRatio, 0, 1],
  ['sin on a long interval far from 0', Math.sin, 100, 140],
];

const largest = (f: (x: number) => number, a: number, b: number, count: number): number => {
  let size = 0;
  for (let i = 0; i <= count; i++) size = Math.max(size, Math.abs(f(Math.min(b, a + ((b - a) * i) / count))));
  return size;
};

/** The sum that the interface documents, as a hot loop would write it. */
function inlined({ a, b, pieces, degree, coefficients }: PiecewisePolynomial, x: number): number {
  const y = (x - a) * (pieces / (b - a));
  const i = Math.min(Math.floor(y), pieces - 1);
  const t = 2 * (y - i) - 1;
  let sum = 0;
  for (let k = degree; k >= 0; k--) sum = sum * t + coefficients[i * (degree + 1) + k]!;
  return sum;
}

describe.each(cases)('a piecewise polynomial for %s', (_, f, a, b) => {
  const size = largest(f, a, b, 2000);

  it.each([4, 8, 12, 20])('of degree %i at most has the error that it states', (maxDegree) => {
    const table = piecewisePolynomial(f, a, b, { maxDegree });
    expect(table.degree).toBeLessThanOrEqual(maxDegree);
    expect(table.coefficients).toHaveLength(table.pieces * (table.degree + 1));
    const error = largest((x) => table.at(x) - f(x), a, b, 2000);
    // The last bit of x = 140 is worth 3e-14.
    expect(table.error).toBeLessThan((b > 100 ? 4e-14 : 3e-15) * size);
    expect(error).toBeLessThan(2 * table.error + 4e-16 * size);
  });

  it('takes fewer terms for a larger tolerance, and keeps it', () => {
    const exact = piecewisePolynomial(f, a, b, { maxDegree: 8 });
    const rough = piecewisePolynomial(f, a, b, { maxDegree: 8, tolerance: 1e-6 });
    expect(rough.coefficients.length).toBeLessThan(exact.coefficients.length);
    expect(rough.error).toBeLessThan(2e-6 * size);
    expect(rough.error).toBeGreaterThan(1e-12 * size);
    expect(largest((x) => rough.at(x) - f(x), a, b, 2000)).toBeLessThan(2e-6 * size);
  });

  it('can be evaluated from its flat coefficients', () => {
    const table = piecewisePolynomial(f, a, b);
    fc.assert(
      fc.property(fc.double({ min: a, max: b, noNaN: true }), (x) => {
        expect(Math.abs(inlined(table, x) - table.at(x))).toBeLessThanOrEqual(4e-15 * size);
      }),
      { seed: 1, numRuns: 50 },
    );
  });
});

describe('a piecewise polynomial', () => {
  it('of a polynomial is one piece of its degree', () => {
    const { pieces, degree } = piecewisePolynomial((x) => 3 - x + 2 * x ** 3, -2, 5);
    expect({ pieces, degree }).toEqual({ pieces: 1, degree: 3 });
    expect(piecewisePolynomial(() => 0, 0, 1)).toMatchObject({ pieces: 1, degree: 0, error: 0 });
  });

  it.each([
    ['an empty interval', () => piecewisePolynomial(Math.exp, 1, 1), 'INVALID_ARGUMENT'],
    ['an infinite one', () => piecewisePolynomial(Math.exp, 0, Infinity), 'INVALID_ARGUMENT'],
    ['degree 0', () => piecewisePolynomial(Math.exp, 0, 1, { maxDegree: 0 }), 'INVALID_ARGUMENT'],
    ['tolerance 0', () => piecewisePolynomial(Math.exp, 0, 1, { tolerance: 0 }), 'INVALID_ARGUMENT'],
    ['a point outside', () => piecewisePolynomial(Math.exp, 0, 1).at(1.1), 'INVALID_ARGUMENT'],
    ['NaN', () => piecewisePolynomial(Math.exp, 0, 1).at(Number.NaN), 'INVALID_ARGUMENT'],
    ['a jump', () => piecewisePolynomial((x) => (x > 0.3 ? 1 : 0), 0, 1), 'NOT_CONVERGED'],
    ['a function that is not finite', () => piecewisePolynomial((x) => 1 / x, -1, 1), 'NOT_CONVERGED'],
  ])('refuses %s', (_, run, code) => {
    let thrown: unknown;
    try {
      run();
    } catch (error) {
      thrown = error;
    }
    expect(isMeanfieldError(thrown) && thrown.code).toBe(code);
  });
});
