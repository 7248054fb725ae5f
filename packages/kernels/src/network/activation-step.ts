/**
 * An activation on Gaussian signals: K' = E φ(u1) φ(u2), Θ' = Θ E φ'(u1) φ'(u2) (`cho2009`, `lee2018`, `jacot2018`).
 *
 * For homogeneous φ the gap alone decides. For others, with M = E φ(√q z)²,
 *
 *   √(M1 M2) (1 − c') = drop(q1, q2, gap) + B,  B = √(M1 M2) − E φ(√q1 z) φ(√q2 z),
 *
 * and B vanishes like δ²/2 (E z² φ'² − (E z φ φ')²/M), δ = √q1 − √q2, for nearly equal lengths. That is used up to a relative δ of
 * 3e-5, where it is good to 1e-8 of B (3e-5 for φ with kinks); beyond it 1 − K'/√(M1 M2) is good to about 1e-15 of 1.
 */

import type { GaussianExpectations } from '@meanfield/numerics';

import { derivativeShare, type HomogeneousMap } from '../homogeneous.js';
import { rectifyGaps } from '../rectified-gaps.js';
import { mapInputs, type PairStep, type PerInput } from './pair-block.js';

/** Relative difference of √q1 and √q2 up to which the expansion of B is used */
const NEARLY_EQUAL = 3e-5;
/** Relative step in q of a difference quotient, whose error is then about 1e-8 */
const STEP = 1e-4;

export function homogeneousStep({ bend, meanSquare }: HomogeneousMap): PairStep {
  return ({ gaps, tangents }) => {
    for (let at = 0; at < tangents.length; at++)
      tangents[at]! *= meanSquare * derivativeShare(bend, gaps[at]!);
    rectifyGaps(gaps, bend);
  };
}

/** @param before lengths in front of the activation; @param after lengths behind it, M */
export function expectationStep(
  expectations: GaussianExpectations,
  before: PerInput,
  after: PerInput,
): PairStep {
  const rootBefore = mapInputs(before, Math.sqrt);
  const rootAfter = mapInputs(after, Math.sqrt);
  // Needed for few pairs, if any
  const spreadOf = remember((q: number) => lengthSpread(expectations, q));
  const gapBehind = (i: number, j: number, gap: number, length: number): number => {
    const q1 = before.rows[i]!;
    const q2 = before.columns[j]!;
    const delta = rootBefore.rows[i]! - rootBefore.columns[j]!;
    if (Math.abs(delta) > NEARLY_EQUAL * rootBefore.rows[i]!)
      return 1 - expectations.product(q1, q2, gap) / length;
    const unequal = delta === 0 ? 0 : 0.25 * delta * delta * (spreadOf(q1) + spreadOf(q2));
    return (expectations.productDrop(q1, q2, gap) + unequal) / length;
  };
  return ({ gaps, tangents, rowStart, rowEnd, columnStart, columnEnd }) => {
    let at = 0;
    for (let i = rowStart; i < rowEnd; i++) {
      for (let j = columnStart; j < columnEnd; j++, at++) {
        const gap = gaps[at]!;
        if (tangents.length > 0)
          tangents[at]! *= expectations.derivativeProduct(before.rows[i]!, before.columns[j]!, gap);
        const length = rootAfter.rows[i]! * rootAfter.columns[j]!;
        if (length > 0) gaps[at] = Math.min(2, Math.max(0, gapBehind(i, j, gap, length)));
      }
    }
  };
}

/**
 * E z² φ'² − (E z φ φ')²/M at √q z. By Stein's lemma E z² φ'² = A + 2 q A' with A(q) = E φ'², and E z φ φ' = √q M'. Not below 0, by
 * Cauchy and Schwarz.
 */
function lengthSpread(expectations: GaussianExpectations, q: number): number {
  const slope = expectations.meanSquareSlope(q);
  const steepness = expectations.derivativeMeanSquare(q);
  const change =
    expectations.derivativeMeanSquare(q * (1 + STEP)) - expectations.derivativeMeanSquare(q * (1 - STEP));
  return Math.max(0, steepness + change / STEP - (q * slope * slope) / expectations.meanSquare(q));
}

function remember(compute: (q: number) => number): (q: number) => number {
  const known = new Map<number, number>();
  return (q) => {
    let value = known.get(q);
    if (value === undefined) {
      value = compute(q);
      known.set(q, value);
    }
    return value;
  };
}
