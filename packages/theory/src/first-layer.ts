/**
 * Where a prediction of propagation starts: the state of layer 1's pre-activations, from the law of the
 * weights and the inputs' moments alone. Inputs x have mean square m = E x² per entry, mean 0, and pairwise
 * correlation c₀.
 *
 * Gaussian rows (`singh2021` §2.2, §3.1): q = σ_w² m + σ_b², covariance σ_w² m c₀ + σ_b². The mean over entries of
 * an input vanishes as N → ∞, so κ has no effect here; at finite N it lowers q by the share κ/N.
 * Replaced entry (`singh2021` §3.3): h = w·x + u x_k, so q = (σ_w² + E u²) m, covariance the same times c₀; the bias'
 * 1/N vanishes.
 */

import type { SignalPair, WeightStatistics } from '@meanfield/core';

export interface InputMoments {
  /** m = E x², per entry */
  readonly meanSquare: number;
  /** 1 − c₀ */
  readonly gap: number;
}

/** E u², u ~ Beta(a, b) */
function betaMeanSquare(a: number, b: number): number {
  return (a * (a + 1)) / ((a + b) * (a + b + 1));
}

/** Null for a law that no theory describes. */
export function firstLayer(statistics: WeightStatistics, inputs: InputMoments): SignalPair | null {
  if (statistics.law === 'empirical') return null;
  const { meanSquare } = inputs;
  if (statistics.law === 'gaussian-rows') {
    const { weightVariance, biasVariance } = statistics;
    const q = weightVariance * meanSquare + biasVariance;
    const gap = q === 0 ? 0 : (weightVariance * meanSquare * inputs.gap) / q;
    return { q1: q, q2: q, gap };
  }
  const { a, b } = statistics.replacement;
  const q = (statistics.weightVariance + betaMeanSquare(a, b)) * meanSquare;
  return { q1: q, q2: q, gap: inputs.gap };
}
