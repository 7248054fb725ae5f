/**
 * The sum of two independent signals: a dense layer's bias, a residual branch.
 *
 * With lengths a and b, K' = K_a + K_b, q' = a + b. As a gap, without cancellation where both gaps are small:
 *
 *   √(q1' q2') (1 − c') = √(a1 a2) gap_a + √(b1 b2) gap_b + (√(a1 b2) − √(a2 b1))²/(√(q1' q2') + √(a1 a2) + √(b1 b2))
 */

import { combineInputs, mapInputs, type PairStep, type PerInput } from './pair-block.js';

/** A signal's pairs in the order of a block */
export interface Pairs {
  readonly gaps: Float64Array;
  readonly tangents: Float64Array;
}

/** @param a lengths of the first summand, whose pairs the block holds; @param b lengths of `second` */
export function sumStep(a: PerInput, b: PerInput, second: Pairs): PairStep {
  const rootA = mapInputs(a, Math.sqrt);
  const rootB = mapInputs(b, Math.sqrt);
  const root = combineInputs(a, b, (x, y) => Math.sqrt(x + y));
  return ({ gaps, tangents, rowStart, rowEnd, columnStart, columnEnd }) => {
    let at = 0;
    for (let i = rowStart; i < rowEnd; i++) {
      const a1 = rootA.rows[i]!;
      const b1 = rootB.rows[i]!;
      const length1 = root.rows[i]!;
      for (let j = columnStart; j < columnEnd; j++, at++) {
        const first = a1 * rootA.columns[j]!;
        const other = b1 * rootB.columns[j]!;
        const length = length1 * root.columns[j]!;
        if (length === 0) continue;
        const unequal = a1 * rootB.columns[j]! - b1 * rootA.columns[j]!;
        const apart = first * gaps[at]! + other * second.gaps[at]!;
        gaps[at] = Math.min(2, (apart + (unequal * unequal) / (length + first + other)) / length);
      }
    }
    for (let pair = 0; pair < tangents.length; pair++) tangents[pair]! += second.tangents[pair]!;
  };
}

/** The same with a bias of one variance for all, whose gap is 0: no tangent kernel of its own here. */
export function biasStep(a: PerInput, biasVariance: number): PairStep {
  const rootA = mapInputs(a, Math.sqrt);
  const root = mapInputs(a, (q) => Math.sqrt(q + biasVariance));
  return ({ gaps, rowStart, rowEnd, columnStart, columnEnd }) => {
    const columns = rootA.columns;
    const lengths = root.columns;
    let at = 0;
    for (let i = rowStart; i < rowEnd; i++) {
      const a1 = rootA.rows[i]!;
      const length1 = root.rows[i]!;
      for (let j = columnStart; j < columnEnd; j++, at++) {
        const a2 = columns[j]!;
        const first = a1 * a2;
        const length = length1 * lengths[j]!;
        const unequal = a1 - a2;
        const sizes = length + first + biasVariance;
        const gap = (first * gaps[at]! * sizes + biasVariance * unequal * unequal) / (length * sizes);
        gaps[at] = gap > 2 ? 2 : gap;
      }
    }
  };
}
