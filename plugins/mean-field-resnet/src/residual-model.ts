/**
 * Blocks z ↦ norm(z + V φ(norm(U z))/√m): `shrinkage2021` §3 and eq. A.10. The law is that of V, σ_w² its σ²; U may have any
 * independent entries, whose variance the norm takes away. Which laws of V it describes, and the map for them.
 */

import { MeanfieldError, type Acceptance, type MeanFieldModel, type WeightStatistics } from '@meanfield/core';
import { normalisedMeanFieldMap, residualCorrelationMap, unitCovariances } from '@meanfield/numerics';

const refuse = (reason: string): Acceptance => ({ accepted: false, reason });

function accepts(statistics: WeightStatistics): Acceptance {
  if (statistics.law !== 'gaussian-rows')
    return refuse(`it describes branches of law gaussian-rows, and these are of law ${statistics.law}`);
  if (statistics.shape === 'spherical')
    return refuse('behind branches of shape spherical normalised signals are not Gaussian');
  if (statistics.biasVariance !== 0 || statistics.correlationStrength !== 0)
    return refuse('its branches have independent weights and no biases: σ_b = 0 and k = 0');
  return { accepted: true };
}

/** A model; maps that it makes for one activation share its expectations. */
export function residualModel(): MeanFieldModel {
  const covarianceOf = unitCovariances();
  return {
    name: 'resnet',
    accepts,
    map(activation, statistics) {
      const answer = accepts(statistics);
      if (statistics.law !== 'gaussian-rows' || !answer.accepted) {
        throw new MeanfieldError({
          code: 'UNSUPPORTED',
          expected: 'branches of independent Gaussian weights without biases for the model resnet',
          found: answer.accepted ? statistics.law : answer.reason,
          remedy: 'simulate residual networks instead',
        });
      }
      const covariance = covarianceOf(activation);
      return normalisedMeanFieldMap(covariance, statistics.weightVariance, (variance) =>
        residualCorrelationMap(covariance, variance),
      );
    },
  };
}
