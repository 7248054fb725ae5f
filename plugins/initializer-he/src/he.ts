/** Independent Gaussian weights: W_ij ~ N(0, σ_w²/N), b_i ~ N(0, σ_b²), N = fan-in. `he2015` eq. 10 at σ_w² = 2. */

import type { DenseLayer, Initializer, RandomStream } from '@meanfield/core';

/** σ_w² and σ_b² are variances; σ_w² is already multiplied by fan-in. */
export function gaussianInitializer(weightVariance: number, biasVariance: number): Initializer {
  return {
    name: 'he',
    statistics: () => ({ law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 }),
    sample({ fanIn, weights, bias }: DenseLayer, stream: RandomStream) {
      stream.child('weights').fillNormal(weights, Math.sqrt(weightVariance / fanIn));
      stream.child('bias').fillNormal(bias, Math.sqrt(biasVariance));
    },
  };
}
