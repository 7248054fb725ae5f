/**
 * Glorot's initialisation, a compromise between signals that go forward and gradients that come back: independent weights of
 * variance 2σ_w²/(N_in + N_out), biases N(0, σ_b²). `glorot2010` eq. 12 and 16 at σ_w² = 1.
 */

import type { GaussianRows, Initializer } from '@meanfield/core';
import { requireDenseLayer, sampleGaussianPreActivations, sampleWeights } from '@meanfield/numerics';

export interface GlorotLaw {
  readonly distribution: 'normal' | 'uniform';
  /** σ_w², variance of a weight times the mean of fan-in and fan-out */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
}

export function glorotInitializer({ distribution, weightVariance, biasVariance }: GlorotLaw): Initializer {
  const square: GaussianRows = { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 };
  const entryVariance = (fanIn: number, fanOut: number): number => (2 * weightVariance) / (fanIn + fanOut);
  const samplePreActivations: Initializer['samplePreActivations'] = (batch, stream) => {
    const { fanIn, fanOut } = batch;
    const law = { ...square, weightVariance: fanIn * entryVariance(fanIn, fanOut) };
    sampleGaussianPreActivations(batch, law, stream);
  };
  return {
    name: 'glorot',
    /** Of a layer of equal fan-in and fan-out; of another, σ_w² is 2 N_in/(N_in + N_out) times this one. */
    statistics: () => square,
    sample(layer, stream) {
      requireDenseLayer(layer);
      const variance = entryVariance(layer.fanIn, layer.fanOut);
      sampleWeights(layer, { family: distribution }, variance, stream.child('weights'));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    ...(distribution === 'normal' ? { samplePreActivations } : {}),
  };
}
