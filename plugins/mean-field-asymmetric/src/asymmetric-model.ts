/** Which laws and activations the approximations describe. */

import {
  MeanfieldError,
  type Acceptance,
  type Activation,
  type MeanFieldMap,
  type MeanFieldModel,
  type ReplacedEntryRows,
  type WeightStatistics,
} from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import { approximation, type Method } from './approximation.js';
import { asymmetricMap } from './asymmetric-map.js';
import { betaRule } from './beta-mean.js';

function accepts(statistics: WeightStatistics, activation: Activation): Acceptance {
  if (statistics.law !== 'replaced-entry-rows') {
    return {
      accepted: false,
      reason: `it describes rows of law replaced-entry-rows, and these are of law ${statistics.law}`,
    };
  }
  if (activation.homogeneous) return { accepted: true };
  return {
    accepted: false,
    reason: `its approximations need φ(a x) = a φ(x) for a ≥ 0, which ${activation.name} does not have`,
  };
}

function mapOf(activation: Activation, statistics: ReplacedEntryRows, method: Method): MeanFieldMap {
  const kappa = kappaOf(statistics.correlationStrength);
  const rule = betaRule(statistics.replacement.a, statistics.replacement.b);
  const slopes = { right: activation.phi(1), left: -activation.phi(-1) };
  const at = (weightVariance: number): MeanFieldMap =>
    asymmetricMap({
      activation,
      slopes,
      method: `${method === 'rms' ? 'RMS' : 'mean'} approximation, quadrature`,
      weightVariance: requireVariance(weightVariance, 'σ_w²'),
      approximation: approximation({ slopes, rule, method, weightVariance, kappa }),
      at,
    });
  return at(statistics.weightVariance);
}

export function asymmetricModel(method: Method): MeanFieldModel {
  return {
    name: 'asymmetric',
    accepts,
    map(activation, statistics) {
      const answer = accepts(statistics, activation);
      if (answer.accepted && statistics.law === 'replaced-entry-rows') {
        return mapOf(activation, statistics, method);
      }
      throw new MeanfieldError({
        code: 'UNSUPPORTED',
        expected: 'rows of law replaced-entry-rows and a homogeneous activation for the model asymmetric',
        found: `${activation.name} with law ${statistics.law}`,
        remedy: 'use ReLU or leaky ReLU with RAI or RAAI, or simulate',
      });
    },
  };
}
