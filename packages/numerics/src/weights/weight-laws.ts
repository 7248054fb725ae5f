/**
 * Laws of weights of mean 0, by their variance. Each law's scale s follows from it (`tsuchida2018` cor. 10):
 *
 *   normal             deviation s             variance s²
 *   uniform            on (−s, s)              s²/3
 *   Laplace            e^{−|w|/s}/(2s)         2 s²
 *   generalised normal e^{−|w/s|^β}            s² Γ(3/β)/Γ(1/β); β = 1 Laplace, 2 normal (s = √2 deviation), ∞ uniform
 *   multivariate t     s z √(ν/χ²_ν), z normal s² ν/(ν − 2), one χ² for all weights of a neuron; ν > 2
 */

import { MeanfieldError, show } from '@meanfield/core';

import { logGamma } from '../special/index.js';

export type WeightLaw =
  | { readonly family: 'normal' }
  | { readonly family: 'uniform' }
  | { readonly family: 'laplace' }
  /** β > 0, Infinity for the uniform law */
  | { readonly family: 'generalised-normal'; readonly beta: number }
  /** ν > 2 degrees of freedom, Infinity for the normal law */
  | { readonly family: 'multivariate-t'; readonly degrees: number };

/**
 * s, the law's own parameter, at which a weight has this variance.
 *
 * @param variance E w² of one weight, at least 0; not multiplied by fan-in
 * @throws MeanfieldError INVALID_ARGUMENT for β ≤ 0 or too small for float64, and for ν ≤ 2
 */
export function weightScale(law: WeightLaw, variance: number): number {
  return Math.sqrt(variance / unitScaleVariance(law));
}

/** The variance of the law at s = 1 */
function unitScaleVariance(law: WeightLaw): number {
  switch (law.family) {
    case 'normal':
      return 1;
    case 'uniform':
      return 1 / 3;
    case 'laplace':
      return 2;
    case 'generalised-normal':
      return generalisedNormalVariance(law.beta);
    case 'multivariate-t':
      if (!(law.degrees > 2))
        throw invalid('ν > 2 degrees of freedom', show(law.degrees), 'pass more: below, no variance exists');
      return law.degrees === Infinity ? 1 : law.degrees / (law.degrees - 2);
  }
}

function generalisedNormalVariance(beta: number): number {
  if (!(beta > 0)) throw invalid('β > 0', show(beta), 'pass a positive exponent');
  const variance = beta === Infinity ? 1 / 3 : Math.exp(logGamma(3 / beta) - logGamma(1 / beta));
  if (variance > 0 && variance < Infinity) return variance;
  throw invalid('β whose variance a float64 holds', show(beta), 'pass a larger exponent');
}

const invalid = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
