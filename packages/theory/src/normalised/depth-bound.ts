/**
 * The bounds of `shrinkage2021` thm. 1 and 2 for given layers, with T = Σ term and everything at infinite width:
 *
 *   ‖J‖² ≥ (P_L∘…∘P_1)'(1) ≥ (1 − ρ_max)² T/8,    1 − ρ_max = min_l (widest gap of layer l)
 *   e(P̃_L∘…∘P̃_1) ≥ (1 − ρ̃_max) T/2            (remark 2)
 */

import { leastGap } from './excess-convexity.js';

/** The lower bound on ‖J‖². */
export const squaredJacobianBound = (gapMax: number, termSum: number): number =>
  (gapMax * gapMax * termSum) / 8;

/** The largest 1 − ρ_max that a Jacobian of this norm leaves, before the trivial cap at 2; Infinity where T = 0. */
export const gapMaxBound = (jacobianNorm: number, termSum: number): number =>
  jacobianNorm * Math.sqrt(8 / termSum);

/** The largest T with which both targets can be met. */
export const admissibleTermSum = (jacobianNorm: number, gap: number): number => 8 * (jacobianNorm / gap) ** 2;

/**
 * Remark 2: the least 1 − ρ_L at an input gap u in [0, 1].
 *
 * @param gaps 1 − ρ̃_l of layers 0 … L
 */
export function outputGapBound(gaps: readonly number[], termSum: number, u: number): number {
  let least = 1;
  for (const gap of gaps) least = Math.min(least, gap);
  return gaps.at(-1)! * leastGap((least * termSum) / 2, u);
}
