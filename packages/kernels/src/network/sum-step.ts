/**
 * The sum of two independent signals: a dense layer's bias, a residual branch.
 *
 * With lengths a and b, K' = K_a + K_b, q' = a + b. As a gap, without cancellation where both gaps are small:
 *
 *   √(q1' q2') (1 − c') = √(a1 a2) gap_a + √(b1 b2) gap_b + (√(a1 b2) − √(a2 b1))²/(√(q1' q2') + √(a1 a2) + √(b1 b2))
 */

import { combineInputs, mapInputs, type PairBlock, type PairStep, type PerInput } from './pair-block.js';

/** Gaps and tangents of the second summand, in the order of the block; absent: gap 0 (a bias) and no tangent */
export interface Summand {
  readonly gaps: Float64Array;
  readonly tangents: Float64Array;
}

/** @param a lengths of the first summand, whose gaps the block holds; @param b lengths of the second */
export function sumStep(a: PerInput, b: PerInput, second?: Summand): PairStep {
  const rootA = mapInputs(a, Math.sqrt);
  const rootB = mapInputs(b, Math.sqrt);
  const root = combineInputs(a, b, (x, y) => Math.sqrt(x + y));
  return (block) => {
    const { gaps, tangents } = block;
    let at = 0;
    for (let i = block.rowStart; i < block.rowEnd; i++) {
      const [a1, b1, r1] = [rootA.rows[i]!, rootB.rows[i]!, root.rows[i]!];
      for (let j = block.columnStart; j < block.columnEnd; j++, at++) {
        const a2 = rootA.columns[j]!;
        const b2 = rootB.columns[j]!;
        const length = r1 * root.columns[j]!;
        if (length === 0) continue;
        const unequal = a1 * b2 - a2 * b1;
        const sizes = length + a1 * a2 + b1 * b2;
        const first = a1 * a2 * gaps[at]!;
        const other = second === undefined ? 0 : b1 * b2 * second.gaps[at]!;
        gaps[at] = Math.min(2, ((first + other) * sizes + unequal * unequal) / (length * sizes));
      }
    }
    if (second !== undefined) addTangents(tangents, second.tangents);
  };
}

function addTangents(tangents: PairBlock['tangents'], others: Float64Array): void {
  for (let at = 0; at < tangents.length; at++) tangents[at]! += others[at]!;
}
