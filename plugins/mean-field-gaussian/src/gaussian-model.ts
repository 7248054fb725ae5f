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

function accepts(statistics: WeightStatistics): Acceptance {
  if (statistics.law === 'gaussian-rows') return { accepted: true };
  return {
    accepted: false,
    reason: `it describes rows of law gaussian-rows, and these are of law ${statistics.law}`,
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
  return {
    name: 'gaussian',
    accepts,
    pairs: (activation) => familyOf(activation).pairs,
    map(activation, statistics) {
      if (statistics.law !== 'gaussian-rows') throw refusal(statistics);
      const { weightVariance, biasVariance, correlationStrength } = statistics;
      return familyOf(activation).map({
        weightVariance: requireVariance(weightVariance, 'σ_w²'),
        biasVariance: requireVariance(biasVariance, 'σ_b²'),
        kappa: kappaOf(correlationStrength),
      });
    },
  };
}

const refusal = ({ law }: WeightStatistics): MeanfieldError =>
  new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'weights of law gaussian-rows for the model gaussian',
    found: `law ${law}`,
    remedy: 'use the mean-field model that describes this law, or simulate',
  });
