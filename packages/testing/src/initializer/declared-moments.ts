/**
 * Moments that a declared law implies at finite width. `singh2021` §3.1, §3.3.
 *
 * "Entries" of a neuron are its incoming weights, and for a law that treats the bias as one more weight also
 * its bias; they are exchangeable.
 */

import type { GaussianRows, ReplacedEntryRows } from '@meanfield/core';
import { kappaOf } from '@meanfield/numerics';

export interface DeclaredMoments {
  readonly biasIsEntry: boolean;
  readonly entry: Moments;
  /** E e_i e_j of two entries of one neuron */
  readonly pairProduct: number;
  readonly bias: Moments;
}

export interface Moments {
  readonly mean: number;
  /** E e² */
  readonly square: number;
  /** E e⁴, of Gaussian entries */
  readonly fourth: number;
}

const centredGaussian = (variance: number): Moments => ({
  mean: 0,
  square: variance,
  fourth: 3 * variance ** 2,
});

/** E u^order of Beta(a, b). */
function betaMoment({ a, b }: { readonly a: number; readonly b: number }, order: number): number {
  let moment = 1;
  for (let step = 0; step < order; step++) moment *= (a + step) / (a + b + step);
  return moment;
}

/** N(0, (σ_w²/N)(I − κJ/N)). */
function gaussianRows(law: GaussianRows, fanIn: number): DeclaredMoments {
  const kappa = kappaOf(law.correlationStrength);
  const variance = law.weightVariance / fanIn;
  return {
    biasIsEntry: false,
    entry: centredGaussian(variance * (1 - kappa / fanIn)),
    pairProduct: (-variance * kappa) / fanIn,
    bias: centredGaussian(law.biasVariance),
  };
}

/** One of n entries, N weights and where it is one the bias, of law N(0, (σ_w²/N)(I − κJ/n)) replaced by u. */
function replacedEntryRows(law: ReplacedEntryRows, fanIn: number): DeclaredMoments {
  const { biasEntry = true } = law;
  const entries = fanIn + (biasEntry ? 1 : 0);
  const kappa = kappaOf(law.correlationStrength);
  const variance = law.weightVariance / fanIn;
  const kept = centredGaussian(variance * (1 - kappa / entries));
  const mix = (moment: number, order: number): number =>
    ((entries - 1) * moment + betaMoment(law.replacement, order)) / entries;
  const entry = { mean: mix(kept.mean, 1), square: mix(kept.square, 2), fourth: mix(kept.fourth, 4) };
  // Both entries of a pair are kept in (n−2)/n of cases; u itself is independent of the others.
  const bothKept = (entries - 2) / entries;
  const pairProduct = (bothKept * -variance * kappa) / entries;
  return { biasIsEntry: biasEntry, entry, pairProduct, bias: biasEntry ? entry : centredGaussian(0) };
}

export function declaredMoments(law: GaussianRows | ReplacedEntryRows, fanIn: number): DeclaredMoments {
  return law.law === 'gaussian-rows' ? gaussianRows(law, fanIn) : replacedEntryRows(law, fanIn);
}
