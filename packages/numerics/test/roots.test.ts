import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { brent, newtonSafeguarded, type RootResult } from '../src/index.js';

const rootOf = (result: RootResult): number => {
  if (result.status !== 'converged') throw new Error(result.status);
  return result.root;
};

const cases: readonly [
  name: string,
  f: (x: number) => number,
  slope: (x: number) => number,
  number,
  number,
  number,
][] = [
  ['cos x − x', (x) => Math.cos(x) - x, (x) => -Math.sin(x) - 1, 0, 1, 0.7390851332151607],
  ['x³ − 2', (x) => x ** 3 - 2, (x) => 3 * x * x, 0, 2, Math.cbrt(2)],
  ['x⁹ from far away', (x) => x ** 9 - 1, (x) => 9 * x ** 8, 0, 100, 1],
  ['steep tanh', (x) => Math.tanh(1e3 * (x - 0.3)), (x) => 1e3 / Math.cosh(1e3 * (x - 0.3)) ** 2, -5, 1, 0.3],
  ['tiny root', (x) => x - 1e-200, () => 1, -1, 1, 1e-200],
];

describe.each(cases)('the root of %s', (_name, f, slope, a, b, root) => {
  it('is found by brent in either order of the ends', () => {
    expect(Math.abs(rootOf(brent(f, a, b)) - root)).toBeLessThanOrEqual(1e-15 * Math.max(Math.abs(root), 0));
    expect(Math.abs(rootOf(brent(f, b, a)) - root)).toBeLessThanOrEqual(1e-15 * Math.max(Math.abs(root), 0));
  });

  it('is found by safeguarded Newton in either order of the ends', () => {
    const pair = (x: number): [number, number] => [f(x), slope(x)];
    for (const [from, to] of [
      [a, b],
      [b, a],
    ] as const) {
      const found = newtonSafeguarded(pair, from, to, { maxIterations: 3000 });
      expect(Math.abs(rootOf(found) - root)).toBeLessThanOrEqual(1e-15 * Math.abs(root));
    }
  });
});

describe('root searches', () => {
  it('say when there is no change of sign', () => {
    expect(brent((x) => x * x + 1, -1, 1)).toEqual({ status: 'no-sign-change', ends: [2, 2] });
    expect(newtonSafeguarded((x) => [x * x + 1, 2 * x], -1, 1).status).toBe('no-sign-change');
  });

  it('say where a function is not a number', () => {
    expect(brent((x) => Math.log(x) + Math.sqrt(1 - x), 0.1, 2)).toEqual({ status: 'not-a-number', at: 2 });
    expect(brent((x) => (Math.abs(x) < 0.5 ? NaN : x), -1, 1.1).status).toBe('not-a-number');
    expect(newtonSafeguarded((x) => [x === -1 ? -1 : NaN, 1], -1, 1).status).toBe('not-a-number');
    expect(brent((x) => x, -Infinity, 1)).toEqual({ status: 'not-a-number', at: -Infinity });
  });

  it('say when they ran out of evaluations', () => {
    const result = brent((x) => x ** 9 - 1, 0, 100, { maxIterations: 3 });
    expect(result).toMatchObject({ status: 'not-converged', iterations: 3 });
    expect(newtonSafeguarded((x) => [x ** 9 - 1, 0], 0, 100, { maxIterations: 3 }).status).toBe(
      'not-converged',
    );
  });

  it('return an end that is a root at once', () => {
    expect(brent((x) => x, 0, 1)).toEqual({ status: 'converged', root: 0, residual: 0, iterations: 0 });
    expect(brent((x) => x - 1, 0, 1)).toMatchObject({ root: 1, iterations: 0 });
  });

  it('survive a derivative that is zero, NaN or of the wrong sign', () => {
    for (const slope of [0, NaN, -1, Infinity]) {
      const result = newtonSafeguarded((x) => [x - 0.7, slope], -3, 2);
      if (slope === Infinity) expect(result.status).toBe('converged');
      else expect(rootOf(result)).toBeCloseTo(0.7, 14);
    }
  });

  it('end within the tolerance asked for', () => {
    const result = brent((x) => Math.exp(x) - 2, 0, 1, { tolerance: 1e-6 });
    expect(Math.abs(rootOf(result) - Math.LN2)).toBeLessThan(1e-6);
  });

  it('find the root of every increasing cubic, in far fewer steps than bisection', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -50, max: 50, noNaN: true }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (root, bend) => {
          const f = (x: number): number => (x - root) * (1 + bend * (x - root) ** 2);
          const found = brent(f, -60, 70);
          expect(Math.abs(rootOf(found) - root)).toBeLessThanOrEqual(1e-14);
          expect(found.status === 'converged' && found.iterations).toBeLessThan(100);
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });
});
