/** Layers at which maps are probed, and the rounding that is allowed for. */

import type { MeanFieldMap, SignalPair } from '@meanfield/core';

/** Lengths that stand for the limits q → 0 and q → ∞: biases and bends of φ no longer show in float64. */
export const VANISHING_LENGTH = 1e-100;
export const DIVERGING_LENGTH = 1e30;

/** Slopes nearer to 1 than this are 1: what quadrature leaves uncertain in χ₁, with a margin. */
export const SLOPE_TOLERANCE = 1e-12;

/** Both signals of one length. */
export const equalLengths = (q: number, gap: number): SignalPair => ({ q1: q, q2: q, gap });

/** V(q): the length one layer on, of a map whose state is a pair of moments. */
export function nextLength(map: MeanFieldMap, q: number): number {
  return map.observe(map.step(map.start(equalLengths(q, 0)))).q1;
}

/** The gap one layer on, of signals of one length; a map of laws starts from the Gaussian law. */
export function nextGap(map: MeanFieldMap, q: number, gap: number): number {
  return map.observe(map.step(map.start(equalLengths(q, gap)))).gap;
}
