/** Everything that is asked of one map at one place: fixed points, stability, depth scales, phase. */

import type { Linearisation, MeanFieldMap } from '@meanfield/core';

import {
  correlationOfLaw,
  correlationOfMoments,
  type CorrelationOutcome,
} from './correlation-fixed-point.js';
import { deepLayer, deepMapOf, type DeepLayer } from './deep-layer.js';
import { depthScale } from './depth-scale.js';
import type { LengthOutcome } from './length-fixed-point.js';
import { equalLengths, nextGap, SLOPE_TOLERANCE } from './probes.js';

/**
 * Whether two close signals grow alike ('ordered') or apart ('chaotic') with depth.
 *
 * Where lengths stay bounded it is χ₁ against 1 (`singh2021` §2.2), also at zero bias where lengths vanish: that is
 * the phase which any bias restores. Where they grow without end it is the stability of c = 1 in the limit of long
 * signals. Maps of two networks that differ have no transition; it is χ₁ against 1 all the same.
 */
export type Phase = 'ordered' | 'critical' | 'chaotic';

export interface Analysis {
  /** Fixed point of the mean square of pre-activations, or what there is instead of one */
  readonly qStar: LengthOutcome;
  /** Correlation that two signals of deep layers settle at, or why there is none */
  readonly cStar: number | { readonly status: string };
  /** 1 − c* with all its digits */
  readonly gapStar: number | { readonly status: string };
  /** χ₁ of deep layers; Infinity for φ that outgrows every line */
  readonly chi1: number;
  /** ξ_q in layers, of the length's approach to q*; Infinity where it does not approach */
  readonly xiQ: number;
  /**
   * ξ_c in layers, of the correlation's approach to c*: −1/ln χ₁ in the ordered phase with lengths at q*; Infinity
   * where the approach is slower than exponential, or where there is no c*
   */
  readonly xiC: number;
  readonly phase: Phase;
  /** Whether lengths stay bounded */
  readonly bounded: boolean;
  /** How the map's numbers were computed */
  readonly method: string;
}

/** The part of an analysis that asks nothing about signals that differ: cheap also where those need samples. */
export type PhasePoint = Pick<Analysis, 'chi1' | 'xiQ' | 'phase' | 'bounded'>;

function phaseIn(map: MeanFieldMap, { length, linearisation }: DeepLayer): PhasePoint {
  const bounded = isBounded(map, length);
  return {
    chi1: linearisation.chi1,
    xiQ: depthScale(linearisation.lengthSlope),
    phase: phaseOf(linearisation, bounded),
    bounded,
  };
}

/** As `analyse`, without the correlation's fixed point. */
export function phasePoint(anyLayer: MeanFieldMap): PhasePoint {
  const map = deepMapOf(anyLayer);
  return phaseIn(map, deepLayer(map));
}

/** Never NaN; what does not exist is a status. Errors of quadrature pass through. */
export function analyse(anyLayer: MeanFieldMap): Analysis {
  const map = deepMapOf(anyLayer);
  const deep = deepLayer(map);
  const { outcome, slope } = correlation(map, deep);
  const missing = outcome.status === 'fixed' ? undefined : { status: outcome.status };
  const gap = outcome.status === 'fixed' ? outcome.gap : 0;
  return {
    qStar: deep.length,
    cStar: missing ?? 1 - gap,
    gapStar: missing ?? gap,
    xiC: missing === undefined ? depthScale(slope) : Infinity,
    ...phaseIn(map, deep),
    method: map.method,
  };
}

function isBounded(map: MeanFieldMap, length: LengthOutcome): boolean {
  if (length.status === 'not-converged') return map.asymptotics().lengthGrowth < 1;
  return length.status !== 'unbounded';
}

function phaseOf({ chi1, correlationSlope }: Linearisation, bounded: boolean): Phase {
  if (!bounded) return correlationSlope <= 1 + SLOPE_TOLERANCE ? 'ordered' : 'chaotic';
  if (Math.abs(chi1 - 1) <= SLOPE_TOLERANCE) return 'critical';
  return chi1 < 1 ? 'ordered' : 'chaotic';
}

/**
 * The gap that a deep layer opens between equal signals, as two networks that differ do. Where lengths grow without
 * end, noise of one size opens ever less, and nothing in the limit.
 */
function openedGap(map: MeanFieldMap, { length, q = 1 }: DeepLayer): number {
  const opened = nextGap(map, q, 0);
  const vanishes = opened > 0 && length.status === 'unbounded' && nextGap(map, q * q, 0) < opened / 2;
  return vanishes ? 0 : opened;
}

/** c* and the slope of the correlation map there. */
function correlation(
  map: MeanFieldMap,
  deep: DeepLayer,
): { readonly outcome: CorrelationOutcome; readonly slope: number } {
  const { length, linearisation, q } = deep;
  // At a length fixed point both slopes agree but for the rounding of q*.
  const atOne = length.status === 'fixed' ? linearisation.chi1 : linearisation.correlationSlope;
  if (!Number.isFinite(map.asymptotics().lengthGrowth) && length.status === 'unbounded') {
    return { outcome: { status: 'no-limit' }, slope: atOne };
  }
  const atEqualSignals = { slope: atOne, opened: openedGap(map, deep) };
  if (q === undefined) {
    const { outcome, state } = correlationOfLaw(map, atEqualSignals, length.status !== 'fixed');
    return { outcome, slope: state === undefined ? atOne : map.linearise(state).correlationSlope };
  }
  const outcome = correlationOfMoments(map, q, atEqualSignals);
  if (outcome.status !== 'fixed' || outcome.gap === 0) return { outcome, slope: atOne };
  return { outcome, slope: map.linearise(map.start(equalLengths(q, outcome.gap))).correlationSlope };
}
