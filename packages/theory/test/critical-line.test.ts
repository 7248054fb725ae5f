/**
 * How ξ_c diverges at the order-to-chaos transition. With ε = σ_w²/σ_w,c² − 1 and χ₁ − 1 = a ε:
 *
 *   ordered:                                ξ_c = −1/ln χ₁              → 1/(a |ε|)
 *   chaotic, gap′ = χ₁ gap − b gap²:        slope at c* → 1 − a ε,       ξ_c → 1/(a ε)
 *   chaotic, gap′ = χ₁ gap − b gap^(3/2):   slope at c* → 1 − a ε/2,     ξ_c → 2/(a ε), as for ReLU's kink
 */

import { describe, expect, it } from 'vitest';

import { analyse, boundaryCurves } from '../src/index.js';
import { gaussianMapOf, relativeError } from './maps.js';

const DISTANCES: readonly number[] = [1e-3, 1e-5, 1e-7];

/** ξ_c |ε| at relative distances ε above (sign 1) or below a critical weight variance. */
function scaled(
  name: 'relu' | 'tanh',
  critical: number,
  sign: 1 | -1,
  biasVariance: number,
  k = 0,
): readonly number[] {
  return DISTANCES.map(
    (distance) =>
      distance * analyse(gaussianMapOf(name, critical * (1 + sign * distance), biasVariance, k)).xiC,
  );
}

/** a: dχ₁/d ln σ_w² at the transition, by central difference */
function chi1Slope(name: 'relu' | 'tanh', critical: number, biasVariance: number, k = 0): number {
  const at = (w: number): number => analyse(gaussianMapOf(name, w, biasVariance, k)).chi1;
  return (at(critical * (1 + 1e-4)) - at(critical * (1 - 1e-4))) / 2e-4;
}

/** ε comes nearer, and ξ_c |ε| comes nearer to its limit along with it, up to the rounding of χ₁ and of σ_w,c². */
function expectLimit(values: readonly number[], limit: number, where: string): void {
  values.forEach((value, index) => {
    const distance = DISTANCES[index]!;
    const allowed = 10 * distance + 1e-11 / distance + 1e-6;
    expect(relativeError(value, limit), `${where}, ε = ${distance}: ${value}, limit ${limit}`).toBeLessThan(
      allowed,
    );
  });
}

describe('ξ_c diverges as 1/|σ_w² − σ_w,c²|', () => {
  it('on either side of the traced critical line of tanh', () => {
    const { correlation } = boundaryCurves((b) => gaussianMapOf('tanh', 1, b), [0.01, 1], {
      window: [0, 4],
      resolution: 0.05,
    });
    expect(correlation.length).toBeGreaterThan(3);
    for (const { y, weightVariance } of correlation) {
      const critical = weightVariance ?? Number.NaN;
      const limit = 1 / chi1Slope('tanh', critical, y);
      expectLimit(scaled('tanh', critical, -1, y), limit, `σ_b² = ${y}, ordered`);
      expectLimit(scaled('tanh', critical, 1, y), limit, `σ_b² = ${y}, chaotic`);
      expect(analyse(gaussianMapOf('tanh', critical, y)).xiC).toBe(Infinity);
    }
  });

  it('on either side of ReLU’s with correlated rows, twice as high on the chaotic one', () => {
    for (const k of [1, 100]) {
      expectLimit(scaled('relu', 2, -1, 0.1, k), 1, `k = ${k}, ordered`);
      expectLimit(scaled('relu', 2, 1, 0.1, k), 2, `k = ${k}, chaotic`);
    }
  });
});
