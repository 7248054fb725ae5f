/**
 * Gaussian weights for the last dense layer of the branches of a residual network of L blocks: W_ij ~ N(0, σ_l²/N),
 * N = fan-in, with σ_l² = σ_w²/L, or σ_w² for comparison; biases N(0, σ_b²). The branches of a whole
 * network then add what one of variance σ_w² would, and the lower bound on its Jacobian stays bounded as L grows
 * (`shrinkage2021` thm. 2).
 */

import type { GaussianRows, Initializer } from '@meanfield/core';
import { requireDenseLayer, sampleGaussianPreActivations } from '@meanfield/numerics';

export interface DepthScaledLaw {
  /** σ_w², already multiplied by fan-in: the sum of σ_l² over the blocks of schedule inverse-depth */
  readonly weightVariance: number;
  /** L, blocks of the network */
  readonly depth: number;
  readonly schedule: 'inverse-depth' | 'constant';
  /** σ_b² */
  readonly biasVariance: number;
}

export function depthScaledInitializer(options: DepthScaledLaw): Initializer {
  const { weightVariance, depth, schedule, biasVariance } = options;
  const law: GaussianRows = {
    law: 'gaussian-rows',
    weightVariance: schedule === 'constant' ? weightVariance : weightVariance / depth,
    biasVariance,
    correlationStrength: 0,
  };
  return {
    name: 'depth-scaled',
    statistics: () => law,
    sample(layer, stream) {
      requireDenseLayer(layer);
      stream.child('weights').fillNormal(layer.weights, Math.sqrt(law.weightVariance / layer.fanIn));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    samplePreActivations: (batch, stream) => sampleGaussianPreActivations(batch, law, stream),
  };
}
