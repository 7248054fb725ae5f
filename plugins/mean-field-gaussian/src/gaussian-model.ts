/** Which laws the Gaussian map describes. */

import {
  defineMeanFieldModel,
  type Activation,
  type GaussianRows,
  type MeanFieldMap,
  type MeanFieldModel,
  type WeightStatistics,
} from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import { mapFamily, type MapFamily } from './map-family.js';

/**
 * Rows of shape 'spherical' are Gaussian rows times a factor of each neuron, of mean square 1. It leaves φ where φ is
 * homogeneous, and second moments are then those of Gaussian rows (`tsuchida2018` cor. 3); means are not, which κ needs,
 * and a bias does not have the factor.
 */
function described(statistics: WeightStatistics, activation: Activation): GaussianRows | string {
  if (statistics.law !== 'gaussian-rows')
    return `it describes rows of law gaussian-rows, and these are of law ${statistics.law}`;
  const { shape, biasVariance, correlationStrength, factorMean } = statistics;
  if (shape !== 'spherical') return statistics;
  if (!activation.homogeneous)
    return `rows of shape spherical have the moments of Gaussian ones where φ(a x) = a φ(x) for a ≥ 0, which ${activation.name} does not have`;
  if (biasVariance !== 0 || correlationStrength !== 0)
    return 'rows of shape spherical have the moments of Gaussian ones with σ_b = 0 and k = 0 only';
  if (factorMean === undefined)
    return 'rows of shape spherical need factorMean, which means of activations have';
  return statistics;
}

/** A map whose means of activations have this factor */
function withFactorMean<S>(map: MeanFieldMap<S>, factorMean: number): MeanFieldMap<S> {
  const changed = (other: MeanFieldMap<S>): MeanFieldMap<S> => withFactorMean(other, factorMean);
  return {
    ...map,
    activity(state) {
      const moments = map.activity(state);
      return { ...moments, mean: factorMean * moments.mean };
    },
    ...(map.tabulated === undefined ? {} : { tabulated: () => changed(map.tabulated?.() ?? map) }),
    withWeightVariance: (variance) => changed(map.withWeightVariance(variance)),
  };
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
  const model = defineMeanFieldModel({
    name: 'gaussian',
    described,
    remedy: 'use the mean-field model that describes this law, or simulate',
    map(activation, { weightVariance, biasVariance, correlationStrength, shape, factorMean = 1 }) {
      const map = familyOf(activation).map({
        weightVariance: requireVariance(weightVariance, 'σ_w²'),
        biasVariance: requireVariance(biasVariance, 'σ_b²'),
        kappa: kappaOf(correlationStrength),
      });
      return shape === 'spherical' ? withFactorMean(map, factorMean) : map;
    },
  });
  return { ...model, pairs: (activation) => familyOf(activation).pairs };
}
