/**
 * Gamma variates by Marsaglia and Tsang's rejection (ACM TOMS 26(3), 2000), with G_a = G_{a+1} U^{1/a} below shape 1: exact
 * up to rounding. In logarithms, so that small shapes do not underflow. Domain: shapes finite and positive.
 */

import type { RandomStream } from '@meanfield/core';

import { openUniform } from './open-uniform.js';

/** ln G, G ~ Gamma(shape) of scale 1: density ∝ x^(shape−1) e^(−x). The caller sees to shape > 0. */
export function logGammaVariate(shape: number, draws: Pick<RandomStream, 'normal' | 'uint32'>): number {
  if (shape < 1) return logGammaVariate(shape + 1, draws) + Math.log(openUniform(draws)) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const z = draws.normal();
    const root = 1 + c * z;
    if (root <= 0) continue;
    const logV = 3 * Math.log(root);
    if (Math.log(openUniform(draws)) < 0.5 * z * z + d * (1 - root ** 3 + logV)) return Math.log(d) + logV;
  }
}
