/**
 * A correlation map as a mean-field map. The state is of signals before they are normalised: their mean square is q in every
 * layer whatever it was before, and their correlation is that of the normalised ones. So with q12' = q P(q12/√(q1 q2))
 *
 *   dV/dq = 0,   χ₁ = q P'(1)/√(q1 q2),   dc'/dc = P'(c)
 *
 * and χ₁ = P'(1) in every layer but the first. Signals of mean square 0 are taken as the limit of short ones.
 */

import type { MeanFieldMap, SignalPair } from '@meanfield/core';

import { requireSignalPair } from '../arguments/signals.js';
import type { CorrelationMap } from './correlation-maps.js';
import type { UnitCovariance } from './unit-covariance.js';

/** Where slopes of shorter signals are evaluated: squares still fit in float64. */
const SHORTEST = 1e-100;

/**
 * @param weightVariance σ_w², or σ² of a branch
 * @param at the correlation map at another
 */
export function normalisedMeanFieldMap(
  covariance: UnitCovariance,
  weightVariance: number,
  at: (weightVariance: number) => CorrelationMap,
): MeanFieldMap<SignalPair> {
  const map = at(weightVariance);
  const q = map.meanSquare;
  return {
    method: covariance.method,
    weightVariance,
    stateKind: 'moments',
    start: requireSignalPair,
    step: ({ gap }) => ({ q1: q, q2: q, gap: gap === 0 ? 0 : map.nextGap(gap) }),
    observe: ({ q1, q2, gap }) => ({ q1, q2, gap }),
    linearise: ({ q1, q2, gap }) => ({
      lengthSlope: 0,
      chi1: (q * map.slopeAtOne) / (Math.sqrt(Math.max(q1, SHORTEST)) * Math.sqrt(Math.max(q2, SHORTEST))),
      correlationSlope: map.slope(gap),
    }),
    activity: () => ({ meanSquare: covariance.normSquare, mean: covariance.mean, deadFraction: 0.5 }),
    asymptotics: () => ({ lengthGrowth: 0, chi1: 0 }),
    withWeightVariance: (variance) => normalisedMeanFieldMap(covariance, variance, at),
  };
}
