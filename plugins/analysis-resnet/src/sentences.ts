/** What to change in a residual network, in words. */

import type { DepthAdvice, DepthAnalysis } from '@meanfield/core';

const number = (value: number): string => String(Number(value.toPrecision(3)));

function branchSentences(
  { constant, timesDepth }: NonNullable<DepthAdvice['branchVariance']>,
  depth: number,
): string[] {
  const limit = Math.min(constant.theorem, constant.meanField ?? Infinity);
  if (limit === 0) return ['No size of branches meets both targets: ask for less, or for more alike inputs.'];
  if (limit === Infinity) return [];
  const scale = Math.min(timesDepth.theorem, timesDepth.meanField ?? Infinity);
  return [
    `Take σ² of at most ${number(limit)} in every one of ${depth} blocks.`,
    `For other depths L take σ² = ${number(scale)}/L: constant branches are too large at some depth.`,
  ];
}

export function sentences(found: DepthAnalysis, advice: Omit<DepthAdvice, 'sentences'>): string[] {
  const { targets, breakingDepth, branchVariance } = advice;
  const explodes = found.modes.includes('explosion');
  const shrinks = found.modes.includes('shrinkage');
  if (!explodes && !shrinks) {
    const depth = breakingDepth.meanField;
    const room =
      depth === null
        ? 'no depth that was followed breaks a target'
        : `${depth} such blocks would break a target`;
    return [`Nothing need be changed: both targets are met, and ${room}.`];
  }
  const lines: string[] = [];
  if (explodes)
    lines.push(`The Jacobian's norm is ${number(found.jacobian)}, above ${number(targets.jacobianNorm)}.`);
  if (shrinks)
    lines.push(
      `All inputs end within 1 − ρ = ${number(found.gapMax)} of each other, below ${number(targets.gap)}.`,
    );
  if (branchVariance !== undefined) lines.push(...branchSentences(branchVariance, found.depth));
  if (breakingDepth.meanField !== null)
    lines.push(`Or keep fewer than ${breakingDepth.meanField} such blocks.`);
  return lines;
}
