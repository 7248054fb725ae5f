/**
 * Excess convexity e(g) = 1/t − 2 with g(1 − t) = t, of a convex non-decreasing g: [0, 1] → [0, 1] with g(0) = 0 and g(1) = 1
 * (`shrinkage2021` app. A.3; it prints "1/4 − 2"), and its eight properties.
 *
 * g is given by its gap h(u) = 1 − g(1 − u), so that steep maps keep their digits: h(t) = 1 − t.
 */

import { MeanfieldError } from '@meanfield/core';
import { brent } from '@meanfield/numerics';

/** u ↦ 1 − g(1 − u), u in [0, 1] */
export type ConvexGap = (u: number) => number;

/** Where t is below this, h(t) = 1 − t cannot be told from 1 in float64. */
const SMALLEST = Number.EPSILON;

/**
 * e(g) ≥ 0, Infinity where it exceeds 1/ε, as for a step. Relative error about ε (e + 1/e): t is near ½ for small e, near 0 for
 * large ones.
 *
 * @throws MeanfieldError INVALID_ARGUMENT where h(½) is below ½ by more than rounding, as for no convex g
 */
export function excessConvexity(gap: ConvexGap): number {
  const excess = (t: number): number => gap(t) - (1 - t);
  const middle = excess(0.5);
  if (Math.abs(middle) <= 4 * Number.EPSILON) return 0;
  const found = middle > 0 ? bracketed(excess) : { status: 'no-sign-change' as const };
  if (found.status === 'converged') return found.root === 0 ? Infinity : Math.max(0, 1 / found.root - 2);
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a convex map of [0, 1] with g(0) = 0 and g(1) = 1',
    found: `g(½) = ${0.5 - middle}`,
    remedy: 'crop and recentre it first',
  });
}

/** The root to relative accuracy: brackets shrink geometrically towards 0 first. */
function bracketed(excess: (t: number) => number): ReturnType<typeof brent> {
  let high = 0.5;
  for (let low = 0.25; low >= SMALLEST; low /= 16) {
    if (excess(low) < 0) return brent(excess, low, high);
    high = low;
  }
  return { status: 'converged', root: 0, residual: 0, iterations: 0 };
}

/** Property 1: where e(g) ≥ `excess`, h(u) is at least this, from two straight lines. u in [0, 1] */
export const leastGap = (excess: number, u: number): number =>
  u * (2 + excess) <= 1 ? (1 + excess) * u : excess === Infinity ? 1 : (excess + u) / (1 + excess);

/** Property 2, and 3 read backwards: e(g) is at least this, above 0 but for g = id. `distance` = max |g − id|, in [0, 1] */
export const leastExcess = (distance: number): number => distance / (1 - distance);

/** Property 3: max |g − id| is at most this. */
export const largestDistance = (excess: number): number => (excess === Infinity ? 1 : excess / (1 + excess));

/** Property 4: g'(1) is at least this. */
export const leastSlope = (excess: number): number => 1 + excess;

/** Property 5: a composition's excess convexity is at least the sum of its parts'. */
export const leastComposedExcess = (excesses: Iterable<number>): number => {
  let sum = 0;
  for (const excess of excesses) sum += excess;
  return sum;
};

/**
 * Property 6: of Σ c_k x^k, all c_k ≥ 0, cropped to [from, to] and recentred: e(2 + e)/(1 + e) ≥ R with
 * R = (to − from)² Σ_{k≥2} c_k to^{k−2}/(g(to) − g(from)). Returns the e at which both sides are equal.
 *
 * 0 ≤ from < to; coefficients with a c_k > 0 of some k ≥ 1.
 */
export function leastCroppedExcess(coefficients: ArrayLike<number>, from: number, to: number): number {
  let curvature = 0;
  let rise = 0;
  for (let k = coefficients.length - 1; k >= 1; k--) {
    const c = coefficients[k]!;
    if (k >= 2) curvature += c * to ** (k - 2);
    rise += c * (to ** k - from ** k);
  }
  const ratio = ((to - from) ** 2 * curvature) / rise;
  return ratio / 2 + (ratio * ratio) / (2 * (Math.sqrt(ratio * ratio + 4) + 2));
}

/** What property 7 needs to know of a Gaussian covariance 𝔠[φ|ρ] that is cropped to [1 − gap, 1]. */
export interface CroppedCovariance {
  /** 1 − r, in (0, 1] */
  readonly gap: number;
  /** ‖φ − φ̄‖² */
  readonly linearisationError: number;
  /** ‖φ‖² − 𝔠[φ|r] */
  readonly drop: number;
  /** ‖φ'‖² */
  readonly derivativeNorm: number;
}

/** Property 7: e of the cropped covariance is at least `sharp`, which is at least `simple`. */
export function leastCovarianceExcess(cropped: CroppedCovariance): {
  readonly sharp: number;
  readonly simple: number;
} {
  const { gap, linearisationError, drop, derivativeNorm } = cropped;
  return {
    sharp: (gap * gap * linearisationError) / (2 * drop),
    simple: (gap * linearisationError) / (2 * derivativeNorm),
  };
}

/** Property 8: e((1 − share) id + share g) is at least this. `share` in [0, 1] */
export const leastMixedExcess = (share: number, excess: number): number =>
  excess === Infinity ? share / (1 - share) : (share * excess) / (1 + (1 - share) * excess);
