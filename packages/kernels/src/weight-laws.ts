/**
 * Weight laws under which a layer preserves lengths: E[W²] n E φ(z)² = 1 for n inputs, so E[W²] = 2/((1 + a²) n) for leaky
 * ReLU (`tsuchida2018` cor. 10). Each law's scale follows from its variance:
 *
 *   normal             deviation s             variance s²
 *   uniform            on [−s, s]              s²/3
 *   Laplace            e^{−|w|/s}/(2s)         2 s²
 *   generalised normal e^{−|w/s|^β}            s² Γ(3/β)/Γ(1/β); β = 1 Laplace, 2 normal (s = √2 deviation), ∞ uniform
 *   multivariate t     s z √(ν/χ²_ν), z normal s² ν/(ν − 2), one χ² for all weights of a neuron; ν > 2
 */

import { MeanfieldError, show, type Activation } from '@meanfield/core';
import { gaussianExpectations, logGamma } from '@meanfield/numerics';

export type WeightLaw =
  | { readonly family: 'normal' }
  | { readonly family: 'uniform' }
  | { readonly family: 'laplace' }
  /** β > 0, Infinity for the uniform law */
  | { readonly family: 'generalised-normal'; readonly beta: number }
  /** ν > 2 degrees of freedom, Infinity for the normal law */
  | { readonly family: 'multivariate-t'; readonly degrees: number };

export interface PreservingLaw {
  /** E[W²], the variance of a weight; not multiplied by fan-in */
  readonly variance: number;
  /** The law's own parameter s, as above */
  readonly scale: number;
}

/**
 * The law of a family that preserves lengths, for pre-activations of mean square 1 (of any length where φ is homogeneous).
 *
 * @param fanIn n, inputs of a neuron
 * @throws MeanfieldError INVALID_ARGUMENT for a fan-in that is none, β ≤ 0, ν ≤ 2, and φ with E φ² = 0 or ∞
 */
export function normPreservingScale(law: WeightLaw, activation: Activation, fanIn: number): PreservingLaw {
  if (!(Number.isSafeInteger(fanIn) && fanIn >= 1))
    throw invalid('a fan-in that is a whole number of at least 1', show(fanIn), 'pass the number of inputs');
  const meanSquare = gaussianExpectations(activation).meanSquare(1);
  if (!(meanSquare > 0 && meanSquare < Infinity))
    throw invalid('an activation with 0 < E φ(z)² < ∞', String(meanSquare), 'choose another');
  const variance = 1 / (fanIn * meanSquare);
  return { variance, scale: Math.sqrt(variance / unitScaleVariance(law)) };
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
