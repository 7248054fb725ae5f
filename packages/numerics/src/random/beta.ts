/**
 * Beta(a, b), density ∝ x^(a−1) (1−x)^(b−1), exact for all a, b > 0 up to rounding.
 *
 * Beta(2, 1), the law of the replaced entries of RAI (`lu2020`; `singh2021` §3.3), is the square root of a
 * uniform. Any other is G_a/(G_a + G_b) of two gamma variates, in logarithms, so that small shapes do not underflow.
 * Domain: a, b finite and positive.
 */

import { MeanfieldError, show, type RandomStream } from '@meanfield/core';

import { logGammaVariate } from './gamma.js';
import { openUniform } from './open-uniform.js';

const LARGEST_BELOW_ONE = 1 - 2 ** -53;

/** @throws MeanfieldError INVALID_ARGUMENT */
export function sampleBeta(a: number, b: number, draws: Pick<RandomStream, 'normal' | 'uint32'>): number {
  if (!(a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b))) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'finite positive parameters of a beta law',
      found: `${show(a)} and ${show(b)}`,
      remedy: 'choose both above 0',
    });
  }
  if (a === 2 && b === 1) return Math.sqrt(openUniform(draws));
  const logA = logGammaVariate(a, draws);
  const logB = logGammaVariate(b, draws);
  const value = 1 / (1 + Math.exp(logB - logA));
  return Math.min(Math.max(value, Number.MIN_VALUE), LARGEST_BELOW_ONE);
}
