/**
 * Layers h ↦ W φ(h/√q)/√N + b, q the mean square of h over units: `shrinkage2021` eq. 2.1 and 2.3, with rows that may be
 * correlated besides (`singh2021` §3.1). Which laws of W and b it describes, and the map for them.
 */

import {
  defineMeanFieldModel,
  type GaussianRows,
  type MeanFieldModel,
  type WeightStatistics,
} from '@meanfield/core';
import { denseCorrelationMap, kappaOf, normalisedMeanFieldMap, unitCovariances } from '@meanfield/numerics';

/** A factor of each row, as spherical ones have, is no part of the norm over all neurons. */
function described(statistics: WeightStatistics): GaussianRows | string {
  if (statistics.law !== 'gaussian-rows')
    return `it describes rows of law gaussian-rows, and these are of law ${statistics.law}`;
  if (statistics.shape === 'spherical')
    return 'behind rows of shape spherical normalised signals are not Gaussian';
  return statistics;
}

/** A model; maps that it makes for one activation share its expectations. */
export function layerNormModel(): MeanFieldModel {
  const covarianceOf = unitCovariances();
  return defineMeanFieldModel({
    name: 'layer-norm',
    described,
    remedy: 'simulate networks with layer normalisation instead',
    map(activation, { weightVariance, biasVariance, correlationStrength }) {
      const kappa = kappaOf(correlationStrength);
      const covariance = covarianceOf(activation);
      return normalisedMeanFieldMap(covariance, weightVariance, (variance) =>
        denseCorrelationMap(covariance, { weightVariance: variance, biasVariance, kappa }),
      );
    },
  });
}
