/** Which laws the Gaussian map describes. */

import {
  MeanfieldError,
  type Acceptance,
  type Activation,
  type GaussianRows,
  type MeanFieldMap,
  type MeanFieldModel,
  type WeightStatistics,
} from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import { asymptoticSlopes } from './asymptotic-slopes.js';
import { centredMoments } from './centred-moments.js';
import { gaussianMap } from './gaussian-map.js';

function accepts(statistics: WeightStatistics): Acceptance {
  if (statistics.law === 'gaussian-rows') return { accepted: true };
  return {
    accepted: false,
    reason: `it describes rows of law gaussian-rows, and these are of law ${statistics.law}`,
  };
}

function mapOf(
  activation: Activation,
  { weightVariance, biasVariance, correlationStrength }: GaussianRows,
): MeanFieldMap {
  const kappa = kappaOf(correlationStrength);
  const moments = centredMoments(activation, kappa);
  const slopes = asymptoticSlopes(activation);
  const at = (variance: number): MeanFieldMap =>
    gaussianMap({
      weightVariance: requireVariance(variance, 'σ_w²'),
      biasVariance: requireVariance(biasVariance, 'σ_b²'),
      kappa,
      moments,
      slopes,
      at,
    });
  return at(weightVariance);
}

export const gaussianModel: MeanFieldModel = {
  name: 'gaussian',
  accepts,
  map(activation, statistics) {
    if (statistics.law === 'gaussian-rows') return mapOf(activation, statistics);
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: 'weights of law gaussian-rows for the model gaussian',
      found: `law ${statistics.law}`,
      remedy: 'use the mean-field model that describes this law, or simulate',
    });
  },
};
