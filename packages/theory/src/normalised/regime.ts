/** The three regimes of a layer's correlation map and its fixed points (`shrinkage2021` §2.2). */

import type { DepthRegime } from '@meanfield/core';
import type { CorrelationMap } from '@meanfield/numerics';

import { gapFixedPoint, type CorrelationOutcome } from '../correlation-fixed-point.js';
import { SLOPE_TOLERANCE } from '../probes.js';

/** @param logSlope ln P'(1), or its mean over layers */
export function regimeOf(logSlope: number): DepthRegime {
  if (Math.abs(logSlope) <= SLOPE_TOLERANCE) return 'critical';
  return logSlope < 0 ? 'ordered' : 'chaotic';
}

/** The attracting fixed point of P on [0, 1], as 1 − ρ; beside it only ρ = 1 is fixed, unless P = id. */
export const attractingGap = (map: CorrelationMap): CorrelationOutcome =>
  gapFixedPoint((gap) => map.nextGap(gap) / gap, map.slopeAtOne);
