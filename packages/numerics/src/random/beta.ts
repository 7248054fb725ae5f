/**
 * Beta(a, b), density ∝ x^(a−1) (1−x)^(b−1), exact for all a, b > 0 up to rounding.
 *
 * Beta(2, 1), the law of the replaced entries of RAI (`lu2020`; `singh2021` §3.3), is the square root of a
 * uniform. Any other is G_a/(G_a + G_b) of two gamma variates, by Marsaglia and Tsang's rejection (ACM TOMS
 * 26(3), 2000), with G_a = G_{a+1} U^{1/a} below shape 1, all in logarithms, so that small shapes do not
 * underflow. Domain: a, b finite and positive.
 */

import { MeanfieldError, show } from '@meanfield/core';

/** What the sampler needs of a stream. */
export interface Draws {
  normal(): number;
  /** Uniform in the open interval (0, 1). */
  openUniform(): number;
}

const LARGEST_BELOW_ONE = 1 - 2 ** -53;

function logGammaVariate(shape: number, draws: Draws): number {
  if (shape < 1) return logGammaVariate(shape + 1, draws) + Math.log(draws.openUniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = draws.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const logV = 3 * Math.log(root);
    if (Math.log(draws.openUniform()) < 0.5 * z * z + d * (1 - root ** 3 + logV)) return Math.log(d) + logV;
  }
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function sampleBeta(a: number, b: number, draws: Draws): number {
  if (!(a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b))) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'finite positive parameters of a beta law',
      found: `${show(a)} and ${show(b)}`,
      remedy: 'choose both above 0',
    });
  }
  if (a === 2 && b === 1) return Math.sqrt(draws.openUniform());
  const logA = logGammaVariate(a, draws);
  const logB = logGammaVariate(b, draws);
  const value = 1 / (1 + Math.exp(logB - logA));
  return Math.min(Math.max(value, Number.MIN_VALUE), LARGEST_BELOW_ONE);
}
