/** What the experiments on normalised networks found, parsed, and the networks of the paper's figures. */

import type { Claim } from '@meanfield/core';
import { z } from 'zod';

import { exact, INCOMPLETE, resultIn } from '../readings.js';

const perhaps = z.number().nullable();
const estimate = z.looseObject({ value: z.number(), stderr: perhaps });

export const boundsResult = z.looseObject({
  regime: z.string(),
  fixedGap: perhaps,
  layers: z.array(
    z.looseObject({
      gap: z.number(),
      widestGap: z.number(),
      jacobian: z.number(),
      jacobianBound: z.number(),
      gapBound: z.union([z.number(), z.literal('Infinity').transform(() => Infinity)]),
    }),
  ),
  outputs: z.array(z.looseObject({ gap: z.number(), output: z.number(), bound: z.number() })),
});
export const pairsResult = z.looseObject({
  layers: z.array(
    z.looseObject({
      gap: perhaps,
      gapStderr: perhaps,
      pairs: z.array(z.looseObject({ gap: perhaps, gapStderr: perhaps })).optional(),
    }),
  ),
});
export const descentResult = z.looseObject({
  depths: z.array(
    z.looseObject({
      depth: z.number(),
      gap: z.number(),
      gapStderr: perhaps,
      largestGap: z.number(),
      settled: z.number(),
    }),
  ),
});
export const jacobianResult = z.looseObject({
  layers: z.array(
    z.looseObject({
      meanSquareNorm: z.number(),
      meanSquareNormStderr: perhaps,
      largest: z.array(estimate).optional(),
      spectrum: z.array(estimate).optional(),
    }),
  ),
});
export const gradientsResult = z.looseObject({
  layers: z.array(z.looseObject({ layer: z.number(), relative: perhaps, relativeStderr: perhaps })),
});

/** (σ_b/σ_w)² of erf at which P'(1) = 1 (`shrinkage2021` app. B) */
export const ERF_CRITICAL: number = (2 / Math.PI) * (2 / Math.sqrt(5) - Math.atan(2 / Math.sqrt(5)));

/** Normalised layers depend on σ_b²/σ_w² alone. */
export const erfLayers = (
  ratio: number,
): {
  readonly name: 'he';
  readonly options: { readonly weightVariance: number; readonly biasVariance: number };
} => ({
  name: 'he',
  options: { weightVariance: 1, biasVariance: ratio },
});

/** Layers from 1 to `depth`, each about this factor deeper than the one before. */
export function spacedDepths(depth: number, factor: number): readonly number[] {
  const depths: number[] = [];
  for (let at = 1; at < depth; at = Math.max(at + 1, Math.round(at * factor))) depths.push(at);
  return [...depths, depth];
}

/** Slope of log y against log x between two points. */
const exponent = (x: readonly [number, number], y: readonly [number, number]): number =>
  Math.log(y[1] / y[0]) / Math.log(x[1] / x[0]);

/** Depths that the asymptotic rate is read between */
const RATE_DEPTHS = [1000, 2000] as const;
export const RATE_DEPTH: number = RATE_DEPTHS[1];

/** The exponent of 1 − ρ_L in L at infinite width, from the step `rate` */
export const rate: Claim['obtain'] = (outcomes) => {
  const layers = resultIn(boundsResult, outcomes, 'rate')?.layers;
  if (layers === undefined) return INCOMPLETE;
  const [early, late] = RATE_DEPTHS;
  const slope = exponent(RATE_DEPTHS, [layers[early - 1]!.gap, layers[late - 1]!.gap]);
  return exact(slope, `from L = ${early} to ${late}`);
};
