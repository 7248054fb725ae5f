/** What to change in a perceptron, in words. */

import type { DepthAdvice, DepthAnalysis } from '@meanfield/core';

const number = (value: number): string => String(Number(value.toPrecision(3)));

/** ‖φ − φ̄‖²/‖φ'‖² of ReLU; that of leaky ReLU is this times (1 − a)²/(1 + a²) (`shrinkage2021` app. B). */
const RELU_TERM = (Math.PI - 2) / (2 * Math.PI);

/** The slope a in [0, 1] at which leaky ReLU has this term, null for terms that every slope stays below */
export function leakySlope(term: number): number | null {
  const share = 1 - term / RELU_TERM;
  if (share < 0) return null;
  // (1 − a)² = (1 − share)(1 + a²), the smaller root, which is 0 at share 0
  return share / (1 + Math.sqrt((1 - share) * (1 + share)));
}

/** Biases are worth a word where the Jacobian has grown or shrunk by more than this factor, squared. */
const NOTICED = Math.E;

function biasSentences(
  found: DepthAnalysis,
  { criticalBiasRatios }: Pick<DepthAdvice, 'criticalBiasRatios'>,
): string[] {
  if (Math.abs(found.logSquaredJacobian) <= Math.log(NOTICED)) return [];
  return Object.entries(criticalBiasRatios ?? {}).map(([name, ratio]) =>
    ratio === null
      ? `Layers of ${name} are ordered whatever their biases are: another activation is needed to keep differences.`
      : `Set σ_b²/σ_w² = ${number(ratio)} in layers of ${name}, where P'(1) = 1.`,
  );
}

function linearitySentence(term: number): string {
  const slope = leakySlope(term);
  const example = slope === null ? '' : `, as leaky ReLU has with a negative slope of ${number(slope)}`;
  return `Or take layers nearer to linear: at this depth shrinkage2021 thm. 1 excludes mean terms above ${number(term)}${example}.`;
}

export function sentences(found: DepthAnalysis, advice: Omit<DepthAdvice, 'sentences'>): string[] {
  const { targets, breakingDepth, admissibleTerm, admissibleSum } = advice;
  const explodes = found.modes.includes('explosion');
  const shrinks = found.modes.includes('shrinkage');
  if (!explodes && !shrinks) {
    const depth = breakingDepth.meanField;
    const room =
      depth === null ? 'no depth that was followed breaks a target' : `${depth} layers would break a target`;
    return [`Nothing need be changed: both targets are met, and ${room}.`];
  }
  const lines: string[] = [];
  if (explodes)
    lines.push(`The Jacobian's norm is ${number(found.jacobian)}, above ${number(targets.jacobianNorm)}.`);
  if (shrinks)
    lines.push(
      `All inputs end within 1 − ρ = ${number(found.gapMax)} of each other, below ${number(targets.gap)}.`,
    );
  lines.push(...biasSentences(found, advice));
  if (breakingDepth.meanField !== null) lines.push(`Keep fewer than ${breakingDepth.meanField} such layers.`);
  if (found.termSum > admissibleSum) lines.push(linearitySentence(admissibleTerm));
  if (shrinks) lines.push('Or add residual connections, whose branches can be made small instead.');
  return lines;
}
