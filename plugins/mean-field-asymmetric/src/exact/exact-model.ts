/** Exact maps: what all maps of one law of replaced entries share, and what each works out when first asked. */

import type { Activation, MeanFieldMap, ReplacedEntryRows } from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import type { TwoSlopes } from '../two-slopes.js';
import {
  correlationBoundary,
  deepDifferences,
  deepLayers,
  lengthBoundary,
  type Setting,
} from './deep-layers.js';
import { exactMap, type DeepLaw } from './exact-map.js';
import { betaFamily, type BetaFamily } from './kernels.js';
import { gaussianLayer, SMALLEST_VARIANCE, type LayerLaw } from './layer-law.js';
import { once } from './once.js';
import { populationPairs } from './pairs.js';
import type { Panels } from './panels.js';

/** Families of kernels by the law of the replaced entry, kept as long as this function. */
export function familyCache(): (replacement: ReplacedEntryRows['replacement']) => BetaFamily {
  const families = new Map<string, BetaFamily>();
  return ({ a, b }) => {
    const key = `${a} ${b}`;
    let family = families.get(key);
    if (family === undefined) families.set(key, (family = betaFamily(a, b)));
    return family;
  };
}

export interface ExactRequest {
  readonly activation: Activation;
  readonly statistics: ReplacedEntryRows;
  readonly family: BetaFamily;
  /** The map of populations of so many samples of the same law, for signals that differ */
  readonly population: (samples: number) => MeanFieldMap;
  readonly samples: number;
}

/**
 * Relative standard error of the gap of signals far apart in deep layers, times the root of the number of samples. Measured for
 * RAAI at σ_w² = 0.9 over 8 seeds: 2.4 after 4 layers, 5 after 10, 8 to 12 at c*, where 1/(1 − dc'/dc) adds it up.
 */
const GAP_ERROR = 10;
/** For questions at very many points, where c* is read off a colour */
const FEW_SAMPLES = 4096;
/** Panels for φ = 0 */
const GRID_OF_ZERO = 1;

/** @throws MeanfieldError INVALID_ARGUMENT for a σ_w² or k out of range */
export function exactMapOf(request: ExactRequest): MeanFieldMap {
  const { activation, statistics, family, samples } = request;
  const slopes: TwoSlopes = { right: activation.phi(1), left: -activation.phi(-1) };
  const setting: Setting = { family, slopes };
  const kappa = kappaOf(statistics.correlationStrength);
  const vanishes = slopes.right === 0 && slopes.left === 0;
  const gapError = GAP_ERROR / Math.sqrt(samples);
  const population = once(() => request.population(samples));
  const boundaries = once(() => ({
    length: lengthBoundary(setting, kappa) ?? null,
    correlation: correlationBoundary(setting, kappa) ?? null,
  }));
  const withFewSamples = (weightVariance: number): MeanFieldMap =>
    exactMapOf({ ...request, statistics: { ...statistics, weightVariance }, samples: FEW_SAMPLES });
  const at = (variance: number): MeanFieldMap => {
    const weightVariance = requireVariance(variance, 'σ_w²');
    const deep = once(() =>
      vanishes ? zeroLaw(family) : deepLaw(setting, Math.max(weightVariance, SMALLEST_VARIANCE), kappa),
    );
    return exactMap({
      activation,
      family,
      slopes,
      kappa,
      weightVariance,
      get panels() {
        return deep().panels;
      },
      gapError,
      method: `density evolution; gaps above 0 beyond the first layer by a population of ${samples} pairs, with a relative error of up to ${gapError.toPrecision(1)}`,
      pairs: populationPairs(once(() => population().withWeightVariance(weightVariance))),
      deep,
      ...(vanishes ? {} : { boundaries }),
      ...(samples > FEW_SAMPLES ? { tabulated: () => withFewSamples(weightVariance) } : {}),
      at,
    });
  };
  return at(statistics.weightVariance);
}

type DeepLawOnPanels = DeepLaw & { readonly panels: Panels };

function zeroLaw(family: BetaFamily): DeepLawOnPanels {
  const panels = family.panels(GRID_OF_ZERO);
  return { lengthGrowth: 0, sensitivityGrowth: 0, layer: gaussianLayer(panels), panels };
}

function deepLaw(setting: Setting, weightVariance: number, kappa: number): DeepLawOnPanels {
  const { state, lengthGrowth } = deepLayers(setting, weightVariance, kappa);
  const { sensitivityGrowth, spread } = deepDifferences(state, weightVariance);
  const layer: LayerLaw = {
    deviation: 1 / Math.sqrt(state.law[0].square + state.law[1].square),
    law: state.law,
    spread,
  };
  return { lengthGrowth, sensitivityGrowth, layer, panels: state.panels };
}
