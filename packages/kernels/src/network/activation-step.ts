/**
 * An activation on Gaussian signals: K' = E φ(u1) φ(u2), Θ' = Θ E φ'(u1) φ'(u2) (`cho2009`, `lee2018`, `jacot2018`).
 *
 * For homogeneous φ the gap alone decides. For others K' comes from `gaussianExpectations`; for equal lengths through
 * `productDrop`, so that small gaps keep their digits, for unequal ones as 1 − K'/√(q1' q2'), to about 1e-15 of 1.
 */

import type { GaussianExpectations } from '@meanfield/numerics';

import { derivativeShare, type HomogeneousMap } from '../homogeneous.js';
import { rectifyGaps } from '../rectified-gaps.js';
import { mapInputs, type PairStep, type PerInput } from './pair-block.js';

/** Below this relative difference of √q1 and √q2, their inequality moves a gap by less than its rounding, 1e-16. */
const EQUAL = 1e-8;

export function homogeneousStep({ bend, meanSquare }: HomogeneousMap): PairStep {
  return ({ gaps, tangents }) => {
    for (let at = 0; at < tangents.length; at++)
      tangents[at]! *= meanSquare * derivativeShare(bend, gaps[at]!);
    rectifyGaps(gaps, bend);
  };
}

/** @param before lengths in front of the activation; @param after lengths behind it, E φ² */
export function expectationStep(
  expectations: GaussianExpectations,
  before: PerInput,
  after: PerInput,
): PairStep {
  const root = mapInputs(after, Math.sqrt);
  return (block) => {
    const { gaps, tangents } = block;
    let at = 0;
    for (let i = block.rowStart; i < block.rowEnd; i++) {
      const q1 = before.rows[i]!;
      for (let j = block.columnStart; j < block.columnEnd; j++, at++) {
        const q2 = before.columns[j]!;
        const gap = gaps[at]!;
        if (tangents.length > 0) tangents[at]! *= expectations.derivativeProduct(q1, q2, gap);
        const length = root.rows[i]! * root.columns[j]!;
        if (length > 0) gaps[at] = gapBehind(expectations, q1, q2, gap, length);
      }
    }
  };
}

function gapBehind(
  expectations: GaussianExpectations,
  q1: number,
  q2: number,
  gap: number,
  length: number,
): number {
  const behind =
    Math.abs(q1 - q2) <= 2 * EQUAL * q1
      ? expectations.productDrop(q1, q2, gap) / length
      : 1 - expectations.product(q1, q2, gap) / length;
  return Math.min(2, Math.max(0, behind));
}
