/**
 * The gap of two signals of a homogeneous φ in an infinitely wide layer, by a population, for use beside an exact law of one
 * signal: that law's growth and mean are put in for the samples' own.
 */

import { MeanfieldError, type Activation } from '@meanfield/core';
import { kappaOf, requireVariance } from '@meanfield/numerics';

import { populationLayers, type PopulationState } from './population-layers.js';
import { drawNumbers, type PopulationRequest } from './population-map.js';
import { rowForms } from './row-forms.js';

/** Moments of a layer's activations over the mean square of its pre-activations, or its root */
export interface SignalMoments {
  /** E s²/E h² */
  readonly meanSquare: number;
  /** E s/√(E h²) */
  readonly mean: number;
}

export interface PairPopulation {
  /** A layer of Gaussian pre-activations with this gap, in [0, 2] */
  start(gap: number): PopulationState;
  /** @param exact moments of the layer of `state`, where they are known */
  step(state: PopulationState, exact?: SignalMoments): PopulationState;
  /** 1 − c of pre-activations */
  gap(state: PopulationState): number;
  /** gap' for a unit of gap, in the direction that earlier layers carried here */
  slope(state: PopulationState): number;
  /** The same numbers at another σ_w² */
  withWeightVariance(weightVariance: number): PairPopulation;
}

export type PairRequest = Omit<PopulationRequest, 'width'>;

/** @throws MeanfieldError UNSUPPORTED for φ that is not homogeneous, INVALID_ARGUMENT for numbers out of range */
export function createPairs(request: PairRequest): PairPopulation {
  const { activation, statistics } = request;
  requireHomogeneous(activation);
  const numbers = drawNumbers(request);
  const { secondMoment } = numbers;
  const kappa = kappaOf(statistics.correlationStrength);
  const at = (variance: number): PairPopulation => {
    const weightVariance = requireVariance(variance, 'σ_w²');
    const forms = rowForms({ weightVariance, kappa, secondMoment });
    const layers = populationLayers({ activation, forms, numbers });
    return {
      start: (gap) => layers.start({ q1: 1, q2: 1, gap }),
      step: (state, exact) => layers.step(state, exact && { square: exact.meanSquare, mean: exact.mean }),
      gap: (state) => layers.observe(state).gap,
      slope: (state) => layers.linearise(state).correlationSlope,
      withWeightVariance: at,
    };
  };
  return at(statistics.weightVariance);
}

function requireHomogeneous({ homogeneous, name }: Activation): void {
  if (homogeneous) return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a homogeneous activation, φ(a x) = a φ(x) for a ≥ 0',
    found: name,
    remedy: 'use a population of both signals',
  });
}
