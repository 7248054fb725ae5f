/**
 * c*, the stable fixed point of the correlation map c ↦ c' of deep layers (`poole2016` §2.2), found in the gap
 * 1 − c so that c* close to 1 keeps its digits.
 *
 * For Gaussian pre-activations of equal lengths c' is a power series in c with non-negative coefficients. Where c = 1
 * is fixed, at most one other fixed point lies in [0, 1), and only where the slope at c = 1 exceeds 1. Where it is not,
 * as for two networks that differ (`singh2021` §2.2), exactly one does, and it attracts: c' − c is convex, at least 0
 * at c = 0 and below 0 at c = 1.
 */

import type { MeanFieldMap } from '@meanfield/core';
import { brent } from '@meanfield/numerics';

import { equalLengths, nextGap, SLOPE_TOLERANCE } from './probes.js';

export type CorrelationOutcome =
  | { readonly status: 'fixed'; readonly gap: number }
  /** c' = c for every c, as where tanh has become a straight line */
  | { readonly status: 'every-c-fixed' }
  /** Lengths outgrow float64 faster than any line, so deep layers have no limit to look at */
  | { readonly status: 'no-limit' }
  | { readonly status: 'not-converged' };

const IDENTITY_PROBES: readonly number[] = [0.1, 0.5, 1, 1.5];
/** A ratio gap'/gap this close to 1 at gap = 1 means that c = 0 is the fixed point (odd φ without bias). */
const NOISE = 4e-15;
const SMALLEST_GAP = 1e-28;
const MAX_STEPS = 100_000;
/** A change of the gap by this share of the map's own error counts as none */
const SETTLED_SHARE = 0.01;
/** A slope nearer to 1 than this share of the map's own error may be that of a straight line */
const STRAIGHT_SHARE = 0.1;
/** Of two gaps that settle, one below this multiple of the other has settled elsewhere */
const NARROWER = 0.9;

/**
 * @param ratioAt gap'/gap in a deep layer, for gaps in (0, 2]
 * @param slope of the correlation map at c = 1, the limit of that ratio for gap → 0
 */
export function gapFixedPoint(ratioAt: (gap: number) => number, slope: number): CorrelationOutcome {
  if (slope < 1 - SLOPE_TOLERANCE) return { status: 'fixed', gap: 0 };
  if (slope <= 1 + SLOPE_TOLERANCE) {
    const identity = IDENTITY_PROBES.every((gap) => Math.abs(ratioAt(gap) - 1) <= SLOPE_TOLERANCE);
    return identity ? { status: 'every-c-fixed' } : { status: 'fixed', gap: 0 };
  }
  const excess = (gap: number): number => ratioAt(gap) - 1;
  const atZeroCorrelation = excess(1);
  if (Math.abs(atZeroCorrelation) <= NOISE) return { status: 'fixed', gap: 1 };
  if (atZeroCorrelation > 0) return root(excess, 1, 2);
  for (let gap = 0.25; gap > SMALLEST_GAP; gap /= 4) {
    if (excess(gap) > 0) return root(excess, gap, 4 * gap);
  }
  return { status: 'not-converged' };
}

/**
 * @param ratioAt gap'/gap in a deep layer, for gaps in (0, 1]
 * @param opened gap' at gap 0; above 0
 */
function partingFixedPoint(ratioAt: (gap: number) => number, opened: number): CorrelationOutcome {
  const excess = (gap: number): number => ratioAt(gap) - 1;
  // gap' grows with gap, so its fixed point is at least `opened`.
  let [low, high] = [opened / 2, 1];
  const atZeroCorrelation = excess(high);
  if (Math.abs(atZeroCorrelation) <= NOISE) return { status: 'fixed', gap: 1 };
  if (atZeroCorrelation > 0) return root(excess, 1, 2);
  while (high > 4 * low) {
    const middle = Math.sqrt(low) * Math.sqrt(high);
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return root(excess, low, high);
}

function root(excess: (gap: number) => number, low: number, high: number): CorrelationOutcome {
  const result = brent(excess, low, high);
  return result.status === 'converged' ? { status: 'fixed', gap: result.root } : { status: 'not-converged' };
}

/** What a deep layer does to signals that are equal, or nearly so. */
export interface AtEqualSignals {
  /** Slope of the correlation map at c = 1 */
  readonly slope: number;
  /** gap' at gap 0: 0 where c = 1 is fixed */
  readonly opened: number;
}

/** c* of a map of moments whose deep layers have length q. */
export function correlationOfMoments(
  map: MeanFieldMap,
  q: number,
  { slope, opened }: AtEqualSignals,
): CorrelationOutcome {
  const ratioAt = (gap: number): number => nextGap(map, q, gap) / gap;
  return opened > 0 ? partingFixedPoint(ratioAt, opened) : gapFixedPoint(ratioAt, slope);
}

/** Where the gap of two signals settles, with the state that they end in. */
interface Followed {
  readonly outcome: CorrelationOutcome;
  readonly state?: unknown;
}

function follow(map: MeanFieldMap, start: number): Followed {
  const repeated = Math.max(1e-15, SETTLED_SHARE * (map.gapError ?? map.relativeError ?? 0));
  let state = map.start(equalLengths(1, start));
  let gap = start;
  for (let step = 0; step < MAX_STEPS; step++) {
    state = map.step(state);
    const latest = map.observe(state);
    if (!(latest.q1 > 1e-290 && latest.q1 < 1e290)) break;
    if (Math.abs(latest.gap - gap) <= repeated * gap) return { outcome: { status: 'fixed', gap }, state };
    gap = latest.gap;
  }
  return { outcome: { status: 'not-converged' } };
}

/** Whether two pairs of signals keep the different gaps that they come with. */
function everyGapStays(map: MeanFieldMap): boolean {
  const [wide, narrow] = [follow(map, 1).outcome, follow(map, 0.5).outcome];
  return wide.status === 'fixed' && narrow.status === 'fixed' && narrow.gap < NARROWER * wide.gap;
}

/**
 * c* of a map of laws, by following two signals that start with c = 0; with the state that they end in.
 *
 * @param scaleFree whether lengths vanish, grow or stay whatever they are: then φ may have become a straight line, which
 * keeps every c
 */
export function correlationOfLaw(
  map: MeanFieldMap,
  { slope, opened }: AtEqualSignals,
  scaleFree: boolean,
): Followed {
  if (opened > 0) return follow(map, 1);
  const uncertainty = Math.max(SLOPE_TOLERANCE, STRAIGHT_SHARE * (map.relativeError ?? 0));
  if (scaleFree && Math.abs(slope - 1) <= uncertainty && everyGapStays(map)) {
    return { outcome: { status: 'every-c-fixed' } };
  }
  return slope <= 1 + SLOPE_TOLERANCE ? { outcome: { status: 'fixed', gap: 0 } } : follow(map, 1);
}
