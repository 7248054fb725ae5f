/** What a deep layer looks like: where lengths go, and states there at which slopes and correlations are asked. */

import type { Linearisation, MeanFieldMap } from '@meanfield/core';

import type { LengthOutcome } from './length-fixed-point.js';
import { momentsLength } from './moments-length.js';
import { DIVERGING_LENGTH, equalLengths, VANISHING_LENGTH } from './probes.js';
import { settledLength } from './settled-length.js';

export interface DeepLayer {
  readonly length: LengthOutcome;
  /** At c = 1. Where lengths vanish or grow without end, their limits. */
  readonly linearisation: Linearisation;
  /** The length at which a map of moments is evaluated for this layer; undefined for maps of laws */
  readonly q: number | undefined;
}

/** The length that stands for an outcome. */
function lengthOf(outcome: LengthOutcome): number {
  switch (outcome.status) {
    case 'fixed':
    case 'not-converged':
      return outcome.q;
    case 'every-q-fixed':
      return 1;
    case 'only-zero':
      return VANISHING_LENGTH;
    case 'unbounded':
      return DIVERGING_LENGTH;
  }
}

/** The map that deep layers follow. */
export const deepMapOf = (map: MeanFieldMap): MeanFieldMap => map.deepMap?.() ?? map;

export function deepLayer(anyLayer: MeanFieldMap): DeepLayer {
  const map = deepMapOf(anyLayer);
  if (map.stateKind === 'law') {
    const { outcome, state } = settledLength(map);
    return { length: outcome, linearisation: limits(map, outcome, map.linearise(state)), q: undefined };
  }
  const length = momentsLength(map);
  const q = lengthOf(length);
  const linearisation = limits(map, length, map.linearise(map.start(equalLengths(q, 0))));
  return { length, linearisation, q };
}

/** Where lengths grow without end, the map's own limits are exact. */
function limits(map: MeanFieldMap, length: LengthOutcome, found: Linearisation): Linearisation {
  if (length.status !== 'unbounded') return found;
  const { lengthGrowth, chi1 } = map.asymptotics();
  const correlationSlope = Number.isFinite(lengthGrowth) ? chi1 / lengthGrowth : found.correlationSlope;
  return { lengthSlope: lengthGrowth, chi1, correlationSlope };
}
