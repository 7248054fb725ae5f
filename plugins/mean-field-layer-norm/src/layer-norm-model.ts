/**
 * Layers h ↦ W φ(h/√q)/√N + b, q the mean square of h over units: `shrinkage2021` eq. 2.1 and 2.3, with rows that may be
 * correlated besides (`singh2021` §3.1). Which laws of W and b it describes, and the map for them.
 */

import { MeanfieldError, type Acceptance, type MeanFieldModel, type WeightStatistics } from '@meanfield/core';
import { denseCorrelationMap, kappaOf, normalisedMeanFieldMap, unitCovariances } from '@meanfield/numerics';

const refuse = (reason: string): Acceptance => ({ accepted: false, reason });

/** A factor of each row, as spherical ones have, is no part of the norm over all neurons. */
function accepts(statistics: WeightStatistics): Acceptance {
  if (statistics.law !== 'gaussian-rows')
    return refuse(`it describes rows of law gaussian-rows, and these are of law ${statistics.law}`);
  if (statistics.shape === 'spherical')
    return refuse('behind rows of shape spherical normalised signals are not Gaussian');
  return { accepted: true };
}

/** A model; maps that it makes for one activation share its expectations. */
export function layerNormModel(): MeanFieldModel {
  const covarianceOf = unitCovariances();
  return {
    name: 'layer-norm',
    accepts,
    map(activation, statistics) {
      const answer = accepts(statistics);
      if (statistics.law !== 'gaussian-rows' || !answer.accepted) {
        throw new MeanfieldError({
          code: 'UNSUPPORTED',
          expected: 'weights of law gaussian-rows and shape gaussian for the model layer-norm',
          found: answer.accepted ? statistics.law : answer.reason,
          remedy: 'simulate networks with layer normalisation instead',
        });
      }
      const { weightVariance, biasVariance, correlationStrength } = statistics;
      const kappa = kappaOf(correlationStrength);
      const covariance = covarianceOf(activation);
      return normalisedMeanFieldMap(covariance, weightVariance, (variance) =>
        denseCorrelationMap(covariance, { weightVariance: variance, biasVariance, kappa }),
      );
    },
  };
}
