/**
 * Many layers of pairs of signals of equal length under a homogeneous activation, by a table of one function of one
 * number. With s = √(gap/2), the growth M of E φ² and P(s) = √(drop/gap) at unit variances:
 *
 *   q' = σ_w² M q + σ_b²,   s' = s √(σ_w² q/q') P(s)
 *
 * Correlations from 0 up do not fall, so s stays where the table is. A length that vanishes or leaves float64 leaves the
 * gap as it is.
 */

import type { UnitRatio } from './unit-ratio.js';

/** Pairs of a block at most: what is remembered of them stays in the nearest cache. */
export const BLOCK = 128;

/** Pairs with gaps up to 1, and what their next layers take */
export interface PairBlock {
  /** σ_w² */
  readonly weights: Float64Array;
  /** σ_b² */
  readonly biases: Float64Array;
  /** q */
  readonly lengths: Float64Array;
  /** s = sin(θ/2) with c = cos θ */
  readonly sines: Float64Array;
  /** √(σ_w² q/q') where q' = q, 0 where q may be new, −1 where s stays */
  readonly factors: Float64Array;
  /** Takes the first `count` pairs by `layers` layers. */
  advance(count: number, layers: number): void;
}

/** @param growth M */
export type MakeBlock = (table: UnitRatio, growth: number) => PairBlock;
