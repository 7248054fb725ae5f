/**
 * Anti-correlated initialisation: a neuron's weights are N(0, (σ_w²/N)(I − κJ/N)), κ = k/(1+k), N = fan-in;
 * biases N(0, σ_b²). `singh2021` §3.1; ACI is (σ_w², σ_b², k) = (2, 0, 100).
 */

import type { DenseLayer, Initializer, RandomStream } from '@meanfield/core';
import { requireDenseLayer, sampleExchangeableRows, sampleGaussianPreActivations } from '@meanfield/numerics';

export interface CorrelatedGaussianLaw {
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
  /** k > −1; k > 0 is anti-correlated */
  readonly correlationStrength: number;
}

/** The normals behind the weights are those of He at the same stream: k alone makes the difference. */
export function antiCorrelatedInitializer(law: CorrelatedGaussianLaw): Initializer {
  const { weightVariance, biasVariance, correlationStrength } = law;
  return {
    name: 'aci',
    statistics: () => ({ law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength }),
    sample(layer: DenseLayer, stream: RandomStream) {
      requireDenseLayer(layer);
      const entryVariance = weightVariance / layer.fanIn;
      sampleExchangeableRows(layer, { entryVariance, correlationStrength }, stream.child('weights'));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    samplePreActivations: (batch, stream) => sampleGaussianPreActivations(batch, law, stream),
  };
}
