/**
 * Correlation maps ρ ↦ P(ρ) of infinitely wide layers that normalise their signals to mean square 1 without centring, in
 * gaps: gap ↦ 1 − P(1 − gap), where nothing cancels. With drop(gap) = 𝔠[φ|1] − 𝔠[φ|1 − gap]:
 *
 *   dense layer      1 − P = σ_w² drop/q,           q = σ_w² (‖φ‖² − κ φ̂_0²) + σ_b²     (`shrinkage2021` eq. 2.3)
 *   residual block   1 − P = (gap + σ² drop)/q,     q = 1 + σ² ‖φ‖²                      (`shrinkage2021` eq. A.10)
 *
 * κ is that of correlated rows (`singh2021` §3.1), which takes its part of the mean from every covariance alike; 0 in
 * `shrinkage2021`.
 *
 * Domain: gap in [0, 2]. Measured maximum relative error against 50 digits (fixtures of @meanfield/theory: ReLU, leaky ReLU, erf,
 * tanh; gaps from 1e-18 to 2): 2.3e-16 of one layer, 2.3e-15 of 24.
 */

import { MeanfieldError } from '@meanfield/core';

import { requireVariance } from '../arguments/signals.js';
import type { UnitCovariance } from './unit-covariance.js';

export interface CorrelationMap {
  /** q, mean square of the signal before it is normalised */
  readonly meanSquare: number;
  /** P'(1) */
  readonly slopeAtOne: number;
  /** 1 − P(1 − gap) */
  nextGap(gap: number): number;
  /** P'(1 − gap) */
  slope(gap: number): number;
}

export interface NormalisedRows {
  /** σ_w² */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
  /** κ = k/(1 + k) < 1 of correlated rows; default 0 */
  readonly kappa?: number;
}

const withinRange = (gap: number): number => Math.min(2, Math.max(0, gap));

function requireSignal(q: number, activation: string): number {
  if (q > 0 && q < Infinity) return q;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals that can be normalised, of a finite mean square above 0',
    found: `mean square ${q} behind ${activation}`,
    remedy: 'choose variances above 0 and finite',
  });
}

/** @throws MeanfieldError INVALID_ARGUMENT for a variance that is none, or a layer whose pre-activations are all 0 */
export function denseCorrelationMap(covariance: UnitCovariance, rows: NormalisedRows): CorrelationMap {
  const { normSquare, mean, derivativeNormSquare, activation } = covariance;
  const weightVariance = requireVariance(rows.weightVariance, 'σ_w²');
  const biasVariance = requireVariance(rows.biasVariance, 'σ_b²');
  // Rounding can leave the bracket a little below 0 where κ is close to 1.
  const kept = Math.max(0, normSquare - (rows.kappa ?? 0) * mean * mean);
  const q = requireSignal(weightVariance * kept + biasVariance, activation.name);
  const share = weightVariance / q;
  return {
    meanSquare: q,
    slopeAtOne: share * derivativeNormSquare,
    nextGap: (gap) => (share === 0 ? 0 : withinRange(share * covariance.drop(gap))),
    slope: (gap) => share * covariance.slopeAt(gap),
  };
}

/**
 * @param branchVariance σ², variance of the branch's last weights times the branch's width
 * @throws MeanfieldError INVALID_ARGUMENT for a variance that is none
 */
export function residualCorrelationMap(covariance: UnitCovariance, branchVariance: number): CorrelationMap {
  const { normSquare, derivativeNormSquare, activation } = covariance;
  const variance = requireVariance(branchVariance, 'σ² of a branch');
  const q = requireSignal(1 + variance * normSquare, activation.name);
  return {
    meanSquare: q,
    slopeAtOne: (1 + variance * derivativeNormSquare) / q,
    nextGap: (gap) => withinRange((gap + variance * covariance.drop(gap)) / q),
    slope: (gap) => (1 + variance * covariance.slopeAt(gap)) / q,
  };
}
