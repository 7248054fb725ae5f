import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { gaussHermite, gaussianMean, gaussianMean2, gaussLegendre, normalCdf } from '../src/index.js';

const sum = (nodes: Float64Array, weights: Float64Array, f: (x: number) => number): number =>
  nodes.reduce((total, x, i) => total + weights[i]! * f(x), 0);

const rules = JSON.parse(readFileSync(new URL('./fixtures/rules.json', import.meta.url), 'utf8')) as Record<
  'legendre' | 'hermite',
  { n: number; points: [index: number, node: number, weight: number][] }[]
>;

describe('Gauss rules', () => {
  it.each(['legendre', 'hermite'] as const)('%s agree with mpmath', (kind) => {
    for (const { n, points } of rules[kind]) {
      const rule = kind === 'legendre' ? gaussLegendre(n) : gaussHermite(n);
      for (const [i, node, weight] of points) {
        expect(Math.abs(rule.nodes[i]! - node), `node ${i} of ${n}`).toBeLessThanOrEqual(
          4e-16 * Math.max(1, Math.abs(node)),
        );
        // The recurrence's rounding grows with n.
        expect(Math.abs(rule.weights[i]! / weight - 1), `weight ${i} of ${n}`).toBeLessThan(1e-15 * n);
      }
    }
  });

  it.each([1, 2, 3, 8, 21, 64, 200])('of %s nodes integrate polynomials of degree 2n − 1', (n) => {
    const { nodes, weights } = gaussLegendre(n);
    for (const degree of [0, 1, 2, 2 * n - 2, 2 * n - 1]) {
      if (degree > 2 * n - 1) continue;
      const exact = degree % 2 ? 0 : 2 / (degree + 1);
      expect(sum(nodes, weights, (x) => x ** degree)).toBeCloseTo(exact, 13);
    }
    const hermite = gaussHermite(n);
    const moments = [1, 0, 1, 0, 3, 0, 15];
    moments.forEach((moment, degree) => {
      if (degree <= 2 * n - 1)
        expect(sum(hermite.nodes, hermite.weights, (z) => z ** degree)).toBeCloseTo(moment, 11);
    });
  });

  it('are computed once and refuse nonsense', () => {
    expect(gaussHermite(10)).toBe(gaussHermite(10));
    for (const n of [0, -1, 1.5, NaN, 513]) expect(() => gaussLegendre(n)).toThrow(/whole number of nodes/);
  });
});

describe('gaussianMean', () => {
  const cases: readonly [string, (z: number) => number, number, (readonly number[])?][] = [
    ['1', () => 1, 1],
    ['z⁸', (z) => z ** 8, 105],
    ['|z|', Math.abs, Math.sqrt(2 / Math.PI), [0]],
    ['e^{3z}', (z) => Math.exp(3 * z), Math.exp(4.5)],
    ['cos 5z', (z) => Math.cos(5 * z), Math.exp(-12.5)],
    ['z > 1', (z) => (z > 1 ? 1 : 0), normalCdf(-1), [1]],
    ['z > 12, far in the tail', (z) => (z > 12 ? 1 : 0), normalCdf(-12), [12]],
    ['√|z|', (z) => Math.sqrt(Math.abs(z)), 0.822178958662, [0]],
  ];
  it.each(cases)('of %s', (name, f, exact, kinks = []) => {
    const tolerance = name === '√|z|' ? 1e-9 : 1e-13;
    const error = Math.abs(gaussianMean(f, { kinks }) - exact);
    expect(error).toBeLessThan(tolerance * Math.max(Math.abs(exact), name === 'cos 5z' ? 1 : 0));
  });

  it('sees structure far finer than the density', () => {
    for (const a of [1e2, 1e4, 1e5, 1e8]) {
      // E sech²(a z) = √(2/π)/a (1 − π²/(24 a²) + …)
      const exact = (Math.sqrt(2 / Math.PI) / a) * (1 - Math.PI ** 2 / (24 * a * a));
      const sech2 = (z: number): number => 4 / (Math.exp(a * z) + Math.exp(-a * z)) ** 2;
      const got = gaussianMean(sech2, a > 1e5 ? { scale: 1 / a } : {});
      expect(Math.abs(got / exact - 1), `a = ${a}`).toBeLessThan(a > 1e3 ? 1e-12 : 1e-8);
    }
  });

  it('of an infinite function is infinite, of NaN an error', () => {
    expect(gaussianMean((z) => (z > 0 ? Infinity : 0), { kinks: [0] })).toBe(Infinity);
    expect(() => gaussianMean(() => NaN)).toThrow(/number everywhere/);
    expect(() => gaussianMean((z) => Math.sign(z) * Infinity, { kinks: [0] })).toThrow(/both signs/);
  });
});

describe('gaussianMean2', () => {
  it.each([0, 1e-12, 0.3, 1, 1.6, 2])('of moments at gap %s', (gap) => {
    const c = 1 - gap;
    expect(gaussianMean2((x, y) => x * y, { gap })).toBeCloseTo(c, 14);
    expect(gaussianMean2((x, y) => x * x * y * y, { gap })).toBeCloseTo(1 + 2 * c * c, 13);
    expect(gaussianMean2((x) => x ** 4, { gap })).toBeCloseTo(3, 13);
  });

  it.each([1e-10, 0.2, 1, 1.5, 1.999])('of the orthant at gap %s', (gap) => {
    const orthant = (x: number, y: number): number => (x > 0 && y > 0 ? 1 : 0);
    const exact = 0.5 - Math.asin(Math.sqrt(gap / 2)) / Math.PI;
    for (const symmetric of [false, true]) {
      expect(gaussianMean2(orthant, { gap, xKinks: [0], yKinks: [0], symmetric })).toBeCloseTo(exact, 13);
    }
  });

  it('passes the difference y − x without cancellation', () => {
    const gap = 1e-20;
    const got = gaussianMean2((_x, _y, difference) => difference * difference, { gap });
    expect(Math.abs(got / (2 * gap) - 1)).toBeLessThan(1e-13);
  });

  it('splits different kinks in x and y', () => {
    const f = (x: number, y: number): number => (x > 0.7 ? 1 : 0) * (y > -1.1 ? 1 : 0);
    const got = gaussianMean2(f, { gap: 1, xKinks: [0.7], yKinks: [-1.1] });
    expect(got).toBeCloseTo(normalCdf(-0.7) * normalCdf(1.1), 14);
  });

  it('refuses a gap outside [0, 2]', () => {
    expect(() => gaussianMean2((x) => x, { gap: NaN })).toThrow(/gap = 1 − c/);
  });
});
