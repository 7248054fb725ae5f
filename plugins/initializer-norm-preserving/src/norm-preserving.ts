/**
 * Weights of many laws that preserve lengths through leaky ReLU of slope a: E W² = 2/((1 + a²) N), N = fan-in
 * (`tsuchida2018` cor. 10); biases N(0, σ_b²).
 */

import type { GaussianRows, Initializer } from '@meanfield/core';
import {
  requireDenseLayer,
  sampleGaussianPreActivations,
  sampleWeights,
  tailFactorMean,
  tailFactors,
  type WeightLaw,
} from '@meanfield/numerics';

export interface PreservingLaw {
  /** a, of leaky ReLU */
  readonly slope: number;
  readonly weights: WeightLaw;
  /** σ_b² */
  readonly biasVariance: number;
}

export function normPreservingInitializer({ slope, weights, biasVariance }: PreservingLaw): Initializer {
  const law: GaussianRows = {
    law: 'gaussian-rows',
    weightVariance: 2 / (1 + slope * slope),
    biasVariance,
    correlationStrength: 0,
    ...(weights.family === 'multivariate-t'
      ? { shape: 'spherical', factorMean: tailFactorMean(weights.degrees) }
      : {}),
  };
  const samplePreActivations = preActivationsOf(law, weights);
  return {
    name: 'norm-preserving',
    statistics: () => law,
    sample(layer, stream) {
      requireDenseLayer(layer);
      sampleWeights(layer, weights, law.weightVariance / layer.fanIn, stream.child('weights'));
      stream.child('bias').fillNormal(layer.bias, Math.sqrt(biasVariance));
    },
    ...(samplePreActivations === undefined ? {} : { samplePreActivations }),
  };
}

/** Sums of N independent weights of another law have no law to draw from at finite N. */
function preActivationsOf(law: GaussianRows, weights: WeightLaw): Initializer['samplePreActivations'] {
  if (weights.family === 'normal') {
    return (batch, stream) => sampleGaussianPreActivations(batch, law, stream);
  }
  if (weights.family !== 'multivariate-t') return undefined;
  const { degrees } = weights;
  // Gaussian rows times √(ν/χ²_ν), whose mean square is ν/(ν − 2)
  const gaussian = { ...law, weightVariance: (law.weightVariance * (degrees - 2)) / degrees };
  return (batch, stream) =>
    sampleGaussianPreActivations(
      batch,
      gaussian,
      stream,
      tailFactors(batch.fanOut, degrees, stream.child('tails')),
    );
}
