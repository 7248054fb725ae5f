/** Independent Gaussian weights: W_ij ~ N(0, σ_w²/N), b_i ~ N(0, σ_b²), N = fan-in. `he2015` eq. 10 at σ_w² = 2. */

import type { DenseLayer, GaussianRows, Initializer, RandomStream } from '@meanfield/core';
import { requireDenseLayer, sampleGaussianPreActivations } from '@meanfield/numerics';

/** σ_w² and σ_b² are variances; σ_w² is already multiplied by fan-in. */
export function gaussianInitializer(weightVariance: number, biasVariance: number): Initializer {
  const law: GaussianRows = { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 };
  return {
    name: 'he',
    statistics: () => law,
    sample(layer: DenseLayer, stream: RandomStream) {
      requireDenseLayer(layer);
      stream.child('weights').fillNormal(layer.weights, Math.sqrt(weightVariance / layer.fanIn));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    samplePreActivations: (batch, stream) => sampleGaussianPreActivations(batch, law, stream),
  };
}
