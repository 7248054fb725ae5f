/** Curves of `shrinkage2021` fig. 2: 1 − ρ_L by depth and by slope, as steps found it */

import type { Outcomes } from '@meanfield/core';
import { leakyReluGapBound } from '@meanfield/theory';
import { z } from 'zod';

import { resultOf } from '../../report/results.js';
import { resultIn } from '../readings.js';
import { boundsResult, descentResult, pairsResult } from './results.js';

/** Every 1 − ρ is at most this. */
export const MOST = 2;

export const slopeName = (negativeSlope: number): string => `a = ${negativeSlope}`;

/** 1 − ρ_L of one kind, with where it was measured: a depth, or a slope a */
export interface Curve {
  readonly x: readonly number[];
  readonly gap: readonly number[];
  readonly stderr: readonly (number | null)[];
}
export interface Shown {
  readonly pairs: Curve;
  readonly infinite: Curve;
  readonly descent: Curve;
  readonly bound: Curve;
}

const curve = (points: readonly (readonly [x: number, gap: number, stderr: number | null])[]): Curve => ({
  x: points.map(([x]) => x),
  gap: points.map(([, gap]) => gap),
  stderr: points.map(([, , stderr]) => stderr),
});

/** What the steps `<panel>-…` found at one slope, by depth. */
export function byDepth(outcomes: Outcomes, panel: 'depth' | 'slope', a: number): Shown | undefined {
  const label = slopeName(a);
  const pairs = resultIn(pairsResult, outcomes, `${panel}-pairs`, label);
  const infinite = resultIn(boundsResult, outcomes, `${panel}-infinite`, label);
  const descent = resultIn(descentResult, outcomes, `${panel}-descent`, label);
  if (pairs === undefined || infinite === undefined || descent === undefined) return undefined;
  const depths = infinite.layers.map((_, layer) => layer + 1);
  return {
    pairs: curve(pairs.layers.map(({ gap, gapStderr }, layer) => [layer + 1, gap ?? 0, gapStderr] as const)),
    infinite: curve(infinite.layers.map(({ gap }, layer) => [layer + 1, gap, 0] as const)),
    descent: curve(descent.depths.map(({ depth, gap, gapStderr }) => [depth, gap, gapStderr] as const)),
    bound: curve(depths.map((depth) => [depth, Math.min(MOST, leakyReluGapBound(a, depth)), 0] as const)),
  };
}

const chosen = z.looseObject({
  activation: z.looseObject({ options: z.looseObject({ negativeSlope: z.number() }) }),
});

/** What the step found at the last depth, by slope. */
function ofSlopes<T>(
  outcomes: Outcomes,
  step: string,
  schema: z.ZodType<T>,
  read: (result: T) => { readonly gap: number | null; readonly gapStderr?: number | null } | undefined,
): Curve {
  return curve(
    outcomes(step).flatMap(({ options, record }) => {
      const a = chosen.parse(options).activation.options.negativeSlope;
      const result = resultOf(schema, record);
      const at = result === undefined ? undefined : read(result);
      return at === undefined || at.gap === null ? [] : [[a, at.gap, at.gapStderr ?? 0] as const];
    }),
  );
}

/** The same at the last depth, by slope. */
export function bySlope(outcomes: Outcomes): Shown | undefined {
  const pairs = ofSlopes(outcomes, 'slope-pairs', pairsResult, ({ layers }) => layers.at(-1));
  const infinite = ofSlopes(outcomes, 'slope-infinite', boundsResult, ({ layers }) => layers.at(-1));
  const descent = ofSlopes(outcomes, 'slope-descent', descentResult, ({ depths }) => depths.at(-1));
  const depth = slopesDepth(outcomes);
  const bound = infinite.x.map((a) => [a, Math.min(MOST, leakyReluGapBound(a, depth)), 0] as const);
  const complete = [pairs, infinite, descent].every(({ x }) => x.length > 0);
  return complete ? { pairs, infinite, descent, bound: curve(bound) } : undefined;
}

export const shown = (outcomes: Outcomes): readonly Shown[] =>
  [byDepth(outcomes, 'depth', 0), bySlope(outcomes)].filter((each) => each !== undefined);

export const slopesDepth = (outcomes: Outcomes): number =>
  resultIn(boundsResult, outcomes, 'slope-infinite')?.layers.length ?? 0;
