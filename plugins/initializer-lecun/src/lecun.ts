/** LeCun's initialisation: independent weights of variance 1/N, N = fan-in; biases N(0, σ_b²). `lecun1998` §4.6. */

import type { GaussianRows, Initializer } from '@meanfield/core';
import { requireDenseLayer, sampleGaussianPreActivations, sampleWeights } from '@meanfield/numerics';

/** @param biasVariance σ_b² */
export function lecunInitializer(distribution: 'normal' | 'uniform', biasVariance: number): Initializer {
  const law: GaussianRows = { law: 'gaussian-rows', weightVariance: 1, biasVariance, correlationStrength: 0 };
  const samplePreActivations: Initializer['samplePreActivations'] = (batch, stream) =>
    sampleGaussianPreActivations(batch, law, stream);
  return {
    name: 'lecun',
    statistics: () => law,
    sample(layer, stream) {
      requireDenseLayer(layer);
      sampleWeights(layer, { family: distribution }, 1 / layer.fanIn, stream.child('weights'));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    ...(distribution === 'normal' ? { samplePreActivations } : {}),
  };
}
