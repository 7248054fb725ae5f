/** Which laws and activations the methods describe. */

import {
  defineMeanFieldModel,
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
import { exactMapOf, familyCache } from './exact/exact-model.js';
import { populationMap } from './population/population-map.js';

export interface ModelOptions {
  readonly method: 'exact' | 'population' | Method;
  /** Of populations */
  readonly samples: number;
  readonly seed: number;
  /** N of populations; infinite where left out */
  readonly width?: number;
}

const isApproximate = (method: ModelOptions['method']): method is Method =>
  method === 'rms' || method === 'mean';

function described(
  statistics: WeightStatistics,
  activation: Activation,
  approximate: boolean,
): ReplacedEntryRows | string {
  if (statistics.law !== 'replaced-entry-rows')
    return `it describes rows of law replaced-entry-rows, and these are of law ${statistics.law}`;
  if (approximate && !activation.homogeneous)
    return `its approximations need φ(a x) = a φ(x) for a ≥ 0, which ${activation.name} does not have`;
  return statistics;
}

function approximateMap(activation: Activation, statistics: ReplacedEntryRows, method: Method): MeanFieldMap {
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

export function asymmetricModel({ method, samples, seed, width }: ModelOptions): MeanFieldModel {
  const family = familyCache();

  function mapOf(activation: Activation, statistics: ReplacedEntryRows): MeanFieldMap {
    if (isApproximate(method)) return approximateMap(activation, statistics, method);
    const population = (size: number): MeanFieldMap =>
      populationMap({
        activation,
        statistics,
        samples: size,
        seed,
        ...(width === undefined ? {} : { width }),
      });
    if (method === 'population' || !activation.homogeneous) {
      return population(samples);
    }
    return exactMapOf({
      activation,
      statistics,
      family: family(statistics.replacement),
      population,
      samples,
    });
  }

  const approximate = isApproximate(method);
  return defineMeanFieldModel({
    name: 'asymmetric',
    described: (statistics, activation) => described(statistics, activation, approximate),
    map: mapOf,
    remedy: approximate
      ? "use ReLU or leaky ReLU with RAI or RAAI, or method 'exact'"
      : 'use RAI or RAAI, or another model',
  });
}
