/** Which laws the Gaussian map describes. */

import {
  MeanfieldError,
  type Acceptance,
  type Activation,
  type MeanFieldModel,
  type WeightStatistics,
} from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import { mapFamily, type MapFamily } from './map-family.js';

const refuse = (reason: string): Acceptance => ({ accepted: false, reason });

/**
 * Rows of shape 'spherical' are Gaussian rows times a factor of each neuron, of mean square 1. It leaves φ where φ is
 * homogeneous, and second moments are then those of Gaussian rows (`tsuchida2018` cor. 3); means are not, which κ needs,
 * and a bias does not have the factor.
 */
function accepts(statistics: WeightStatistics, activation: Activation): Acceptance {
  if (statistics.law !== 'gaussian-rows')
    return refuse(`it describes rows of law gaussian-rows, and these are of law ${statistics.law}`);
  const { shape, biasVariance, correlationStrength } = statistics;
  if (shape !== 'spherical') return { accepted: true };
  if (!activation.homogeneous)
    return refuse(
      `rows of shape spherical have the moments of Gaussian ones where φ(a x) = a φ(x) for a ≥ 0, which ${activation.name} does not have`,
    );
  if (biasVariance !== 0 || correlationStrength !== 0)
    return refuse('rows of shape spherical have the moments of Gaussian ones with σ_b = 0 and k = 0 only');
  return { accepted: true };
}

/** A model; maps that it makes for one activation share what does not depend on the weights. */
export function gaussianModel(): MeanFieldModel {
  const families = new WeakMap<Activation, MapFamily>();
  const familyOf = (activation: Activation): MapFamily => {
    let family = families.get(activation);
    if (family === undefined) {
      family = mapFamily(activation);
      families.set(activation, family);
    }
    return family;
  };
  return {
    name: 'gaussian',
    accepts,
    pairs: (activation) => familyOf(activation).pairs,
    map(activation, statistics) {
      const answer = accepts(statistics, activation);
      if (statistics.law !== 'gaussian-rows' || !answer.accepted) throw refusal(statistics, answer);
      const { weightVariance, biasVariance, correlationStrength } = statistics;
      return familyOf(activation).map({
        weightVariance: requireVariance(weightVariance, 'σ_w²'),
        biasVariance: requireVariance(biasVariance, 'σ_b²'),
        kappa: kappaOf(correlationStrength),
      });
    },
  };
}

const refusal = ({ law }: WeightStatistics, answer: Acceptance): MeanfieldError =>
  new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'weights that the model gaussian describes',
    found: `law ${law}${answer.accepted ? '' : `: ${answer.reason}`}`,
    remedy: 'use the mean-field model that describes this law, or simulate',
  });
