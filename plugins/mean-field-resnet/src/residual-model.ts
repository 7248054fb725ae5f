/**
 * Blocks z ↦ norm(z + V φ(norm(U z))/√m): `shrinkage2021` §3 and eq. A.10. The law is that of V, σ_w² its σ²; U may have any
 * independent entries, whose variance the norm takes away. Which laws of V it describes, and the map for them.
 */

import {
  defineMeanFieldModel,
  type GaussianRows,
  type MeanFieldModel,
  type WeightStatistics,
} from '@meanfield/core';
import { normalisedMeanFieldMap, residualCorrelationMap, unitCovariances } from '@meanfield/numerics';

function described(statistics: WeightStatistics): GaussianRows | string {
  if (statistics.law !== 'gaussian-rows')
    return `it describes branches of law gaussian-rows, and these are of law ${statistics.law}`;
  if (statistics.shape === 'spherical')
    return 'behind branches of shape spherical normalised signals are not Gaussian';
  if (statistics.biasVariance !== 0 || statistics.correlationStrength !== 0)
    return 'its branches have independent weights and no biases: σ_b = 0 and k = 0';
  return statistics;
}

/** A model; maps that it makes for one activation share its expectations. */
export function residualModel(): MeanFieldModel {
  const covarianceOf = unitCovariances();
  return defineMeanFieldModel({
    name: 'resnet',
    described,
    remedy: 'simulate residual networks instead',
    map(activation, { weightVariance }) {
      const covariance = covarianceOf(activation);
      return normalisedMeanFieldMap(covariance, weightVariance, (variance) =>
        residualCorrelationMap(covariance, variance),
      );
    },
  });
}
