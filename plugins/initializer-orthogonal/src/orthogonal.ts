/**
 * Orthogonal initialisation: W Haar-distributed, WᵀW or WWᵀ a multiple of the identity, and fan-in times the variance of a
 * weight σ_w² at every shape; biases N(0, σ_b²). `saxe2014`.
 */

import type { GaussianRows, Initializer } from '@meanfield/core';
import {
  requireDenseLayer,
  sampleOrthogonalPreActivations,
  sampleOrthogonalWeights,
} from '@meanfield/numerics';

/** σ_w² and σ_b² are variances; σ_w² is already multiplied by fan-in. */
export function orthogonalInitializer(weightVariance: number, biasVariance: number): Initializer {
  const law: GaussianRows = { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 };
  return {
    name: 'orthogonal',
    /** As N → ∞: any few entries, and the pre-activations of any few units, are then Gaussian and independent. */
    statistics: () => law,
    sample(layer, stream) {
      requireDenseLayer(layer);
      sampleOrthogonalWeights(layer, weightVariance, stream.child('weights'));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    samplePreActivations: (batch, stream) => sampleOrthogonalPreActivations(batch, law, stream),
  };
}
