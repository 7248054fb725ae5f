/**
 * Where a map of laws runs to, by iteration. Each step multiplies the length by some factor; iteration ends when
 * this factor repeats, which is 1 at a fixed point and another constant where the law keeps its shape while its
 * length shrinks or grows (a homogeneous φ without biases). A map that knows this shape is asked for it instead.
 */

import type { MeanFieldMap } from '@meanfield/core';

import type { LengthOutcome } from './length-fixed-point.js';
import { equalLengths, SLOPE_TOLERANCE } from './probes.js';

const MAX_STEPS = 20_000;
/** Relative change of the factor from one step to the next that counts as none, */
const REPEATED = 1e-14;
/** or this share of the map's own error */
const SHARE_OF_ERROR = 1e-3;
/** Consecutive repetitions, since a factor can stand still at the turning point of an approach */
const REPETITIONS = 3;
/** Starts that would show another factor if lengths ran to a fixed point far from 1 */
const SMALL_START = 1e-100;
const LARGE_START = 1e100;

interface Settled {
  readonly state: unknown;
  readonly q: number;
  /** q'/q of the last step */
  readonly factor: number;
  readonly repeated: boolean;
}

export interface SettledLength {
  readonly outcome: LengthOutcome;
  /** The state of a deep layer, both signals alike; where lengths shrink or grow, one of the shape that they keep */
  readonly state: unknown;
}

function settle(map: MeanFieldMap, start: number): Settled {
  let state = map.start(equalLengths(start, 0));
  let q = start;
  let factor = Number.NaN;
  let repetitions = 0;
  const repeated = Math.max(REPEATED, SHARE_OF_ERROR * (map.relativeError ?? 0));
  for (let step = 0; step < MAX_STEPS; step++) {
    const next = map.step(state);
    const length = map.observe(next).q1;
    if (!Number.isFinite(length)) return { state, q, factor: Infinity, repeated: true };
    if (length === 0) return { state: next, q: 0, factor: 0, repeated: true };
    const latest = length / q;
    repetitions = Math.abs(latest - factor) <= repeated * latest ? repetitions + 1 : 0;
    state = next;
    q = length;
    factor = latest;
    if (repetitions === REPETITIONS) return { state, q, factor, repeated: true };
  }
  return { state, q, factor, repeated: false };
}

export function settledLength(map: MeanFieldMap): SettledLength {
  if (map.settled !== undefined) {
    const state = map.settled();
    return { outcome: proportional(map, map.linearise(state).lengthSlope), state };
  }
  const deep = settle(map, 1);
  return { outcome: outcomeOf(map, deep), state: deep.state };
}

/** Where V(q) = factor · q at every length. */
function proportional(map: MeanFieldMap, factor: number): LengthOutcome {
  if (isOne(map, factor)) return { status: 'every-q-fixed' };
  return { status: factor < 1 ? 'only-zero' : 'unbounded' };
}

/** Whether the factor is 1, as far as the map can tell. */
const isOne = ({ relativeError = 0 }: MeanFieldMap, factor: number): boolean =>
  Math.abs(factor - 1) <= Math.max(SLOPE_TOLERANCE, relativeError);

function outcomeOf(map: MeanFieldMap, deep: Settled): LengthOutcome {
  const residual = deep.factor - 1;
  if (!deep.repeated) return { status: 'not-converged', q: deep.q, residual };
  if (isOne(map, deep.factor)) {
    const fromElsewhere = settle(map, 16);
    const proportional = fromElsewhere.repeated && fromElsewhere.q > 4 * deep.q;
    return proportional ? { status: 'every-q-fixed' } : { status: 'fixed', q: deep.q, residual };
  }
  if (deep.factor < 1) {
    const smallest = deep.factor === 0 ? deep : settle(map, SMALL_START);
    return smallest.factor < 1 ? { status: 'only-zero' } : { status: 'not-converged', q: deep.q, residual };
  }
  const largest = deep.factor === Infinity ? deep : settle(map, LARGE_START);
  return largest.factor > 1 ? { status: 'unbounded' } : { status: 'not-converged', q: deep.q, residual };
}
