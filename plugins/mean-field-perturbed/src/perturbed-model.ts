/** Which laws can be perturbed, and the map of one network that is. */

import {
  MeanfieldError,
  type Acceptance,
  type MeanFieldModel,
  type PluginContext,
  type WeightStatistics,
} from '@meanfield/core';

import { perturbedMap, type Perturbation } from './perturbed-map.js';

/** √(1−η²) ŵ + η δw has the law of ŵ and δw only where these are Gaussian, not where each has a factor of its own. */
function accepts(statistics: WeightStatistics): Acceptance {
  const spherical = statistics.law === 'gaussian-rows' && statistics.shape === 'spherical';
  if (statistics.law === 'gaussian-rows' && !spherical) return { accepted: true };
  const found = spherical ? 'of shape spherical' : `of law ${statistics.law}`;
  return {
    accepted: false,
    reason: `perturbed weights keep their law where it is gaussian-rows of shape gaussian, and these are ${found}`,
  };
}

/** The model of kind mean-field named gaussian is asked of the context when a map is made. */
export function perturbedModel(perturbation: Perturbation, context: PluginContext): MeanFieldModel {
  return {
    name: 'perturbed',
    accepts,
    map(activation, statistics) {
      if (accepts(statistics).accepted) {
        return perturbedMap(context.get('mean-field', 'gaussian').map(activation, statistics), perturbation);
      }
      throw new MeanfieldError({
        code: 'UNSUPPORTED',
        expected: 'weights of law gaussian-rows and shape gaussian for the model perturbed',
        found: statistics.law === 'gaussian-rows' ? 'shape spherical' : `law ${statistics.law}`,
        remedy: 'perturb Gaussian weights, or simulate both networks',
      });
    },
  };
}
