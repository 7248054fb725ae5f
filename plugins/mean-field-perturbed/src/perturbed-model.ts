/** Which laws can be perturbed, and the map of one network that is. */

import {
  defineMeanFieldModel,
  type GaussianRows,
  type MeanFieldModel,
  type PluginContext,
  type WeightStatistics,
} from '@meanfield/core';

import { perturbedMap, type Perturbation } from './perturbed-map.js';

/** √(1−η²) ŵ + η δw has the law of ŵ and δw only where these are Gaussian, not where each has a factor of its own. */
function described(statistics: WeightStatistics): GaussianRows | string {
  const spherical = statistics.law === 'gaussian-rows' && statistics.shape === 'spherical';
  if (statistics.law === 'gaussian-rows' && !spherical) return statistics;
  const found = spherical ? 'of shape spherical' : `of law ${statistics.law}`;
  return `perturbed weights keep their law where it is gaussian-rows of shape gaussian, and these are ${found}`;
}

/** The model of kind mean-field named gaussian is asked of the context when a map is made. */
export function perturbedModel(perturbation: Perturbation, context: PluginContext): MeanFieldModel {
  return defineMeanFieldModel({
    name: 'perturbed',
    described,
    remedy: 'perturb Gaussian weights, or simulate both networks',
    map: (activation, law) =>
      perturbedMap(context.get('mean-field', 'gaussian').map(activation, law), perturbation),
  });
}
