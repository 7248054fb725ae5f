/** The properties of excess convexity (`shrinkage2021` app. A.3) on random power series. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  excessConvexity,
  largestDistance,
  leastComposedExcess,
  leastCroppedExcess,
  leastExcess,
  leastGap,
  leastMixedExcess,
  leastSlope,
  type ConvexGap,
} from '../src/index.js';

const ROUNDING = 1e-12;

/** Coefficients c_0 … c_n ≥ 0 of a power series, some c_k of k ≥ 1 above 0 */
const series = fc
  .array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 8 })
  .map((rest) => [0.1, ...rest])
  .filter((c) => c.slice(1).some((each) => each > 1e-3));
const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** g(x) − g(y) for x ≥ y, given x − y: Σ c_k (x^k − y^k) without cancellation */
function rise(coefficients: readonly number[], x: number, step: number): number {
  let [sum, lost] = [0, 0];
  let power = 1;
  // x^k − y^k = x (x^{k−1} − y^{k−1}) + y^{k−1}·step
  const y = x - step;
  for (const c of coefficients.slice(1)) {
    lost = x * lost + power * step;
    power *= y;
    sum += c * lost;
  }
  return sum;
}

/** The series cropped to [from, 1] and recentred, as a gap */
const cropped =
  (coefficients: readonly number[], from: number, to = 1): ConvexGap =>
  (u) =>
    rise(coefficients, to, (to - from) * u) / rise(coefficients, to, to - from);

const compose =
  (outer: ConvexGap, inner: ConvexGap): ConvexGap =>
  (u) =>
    outer(inner(u));

describe('excess convexity', () => {
  it('is that of the definition for powers', () => {
    // (1 − t)² = t at t = (3 − √5)/2
    expect(excessConvexity((u) => u * (2 - u))).toBeCloseTo(2 / (3 - Math.sqrt(5)) - 2, 13);
    expect(excessConvexity((u) => u)).toBe(0);
    // min(1, 1e6 u) = 1 − u at u = 1/(1e6 + 1)
    expect(excessConvexity((u) => Math.min(1, 1e6 * u)) / (1e6 - 1)).toBeCloseTo(1, 9);
    expect(excessConvexity((u) => Math.min(1, 1e20 * u))).toBe(Infinity);
    expect(excessConvexity((u) => (u > 0 ? 1 : 0))).toBe(Infinity);
  });

  it('refuses maps that are not convex', () => {
    expect(() => excessConvexity((u) => u * u)).toThrow(/convex/);
    expect(() => excessConvexity(() => Number.NaN)).toThrow(/convex/);
  });

  it('bounds the map, its distance from the identity and its slope (properties 1 to 4)', () => {
    fc.assert(
      fc.property(series, unit, unit, (c, from, u) => {
        const gap = cropped(c, 0.95 * from);
        const excess = excessConvexity(gap);
        expect(excess).toBeGreaterThanOrEqual(0);
        expect(gap(u) + ROUNDING).toBeGreaterThanOrEqual(leastGap(excess, u));
        const distance = Math.abs(gap(u) - u);
        expect(distance).toBeLessThanOrEqual(largestDistance(excess) + ROUNDING);
        if (distance > 1e-6) expect(excess).toBeGreaterThan(0);
        expect(excess + ROUNDING).toBeGreaterThanOrEqual(leastExcess(Math.max(0, distance - ROUNDING)));
        expect(gap(1e-9) / 1e-9 + 1e-6 * leastSlope(excess)).toBeGreaterThanOrEqual(leastSlope(excess));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('meets its two straight lines in the point that defines it', () => {
    for (const excess of [0, 0.5, 7]) {
      const t = 1 / (2 + excess);
      expect(leastGap(excess, t)).toBeCloseTo(1 - t, 14);
      expect(excessConvexity((u) => leastGap(excess, u))).toBeCloseTo(excess, 12);
    }
    expect(leastGap(Infinity, 0.1)).toBe(1);
  });

  it('is superadditive under composition (property 5)', () => {
    fc.assert(
      fc.property(series, series, unit, unit, (a, b, fromA, fromB) => {
        const [inner, outer] = [cropped(a, 0.95 * fromA), cropped(b, 0.95 * fromB)];
        const whole = excessConvexity(compose(outer, inner));
        const parts = leastComposedExcess([excessConvexity(outer), excessConvexity(inner)]);
        expect(whole * (1 + ROUNDING) + ROUNDING).toBeGreaterThanOrEqual(parts);
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('is bounded by the coefficients of a cropped series, with equality for a square (property 6)', () => {
    fc.assert(
      fc.property(series, unit, unit, (c, from, width) => {
        const a = 0.9 * from;
        const b = a + (1 - a) * Math.max(0.05, width);
        const excess = excessConvexity(cropped(c, a, b));
        expect(excess + ROUNDING).toBeGreaterThanOrEqual(leastCroppedExcess(c, a, b));
      }),
      { seed: 3, numRuns: 300 },
    );
    for (const from of [0, 0.3]) {
      const square = [0, 0.2, 0.8];
      expect(excessConvexity(cropped(square, from))).toBeCloseTo(leastCroppedExcess(square, from, 1), 12);
    }
  });

  it('keeps its share when mixed with the identity, with equality for two lines (property 8)', () => {
    fc.assert(
      fc.property(series, unit, unit, (c, from, share) => {
        const gap = cropped(c, 0.95 * from);
        const mixed = excessConvexity((u) => (1 - share) * u + share * gap(u));
        expect(mixed + ROUNDING).toBeGreaterThanOrEqual(leastMixedExcess(share, excessConvexity(gap)));
      }),
      { seed: 4, numRuns: 300 },
    );
    const mixed = excessConvexity((u) => 0.75 * u + 0.25 * leastGap(3, u));
    expect(mixed).toBeGreaterThanOrEqual(leastMixedExcess(0.25, 3));
    expect(leastMixedExcess(1, 3)).toBe(3);
  });
});
