/**
 * Weight laws under which a layer preserves lengths: E[W²] n E φ(z)² = 1 for n inputs, so E[W²] = 2/((1 + a²) n) for leaky
 * ReLU (`tsuchida2018` cor. 10).
 */

import { MeanfieldError, show, type Activation } from '@meanfield/core';
import { gaussianExpectations, weightScale, type WeightLaw } from '@meanfield/numerics';

export interface PreservingLaw {
  /** E[W²], the variance of a weight; not multiplied by fan-in */
  readonly variance: number;
  /** The law's own parameter s: see `weightScale` of @meanfield/numerics */
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
  return { variance, scale: weightScale(law, variance) };
}

const invalid = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
