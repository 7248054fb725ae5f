/** Populations that several tests ask about. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, MeanFieldMap, ReplacedEntryRows, SignalPair } from '@meanfield/core';

import { populationMap, type PopulationRequest } from '../src/population/population-map.js';

export const RELU: Activation = relu.create();
export const TANH: Activation = tanh.create();

export const SQUARE: Activation = {
  name: 'square',
  phi: (x) => x * x,
  derivative: (x) => 2 * x,
  kinks: [],
  homogeneous: false,
  closedForms: {},
  tensorForm: (x) => x,
};

export const rows = (weightVariance: number, correlationStrength: number): ReplacedEntryRows => ({
  law: 'replaced-entry-rows',
  weightVariance,
  correlationStrength,
  replacement: { law: 'beta', a: 2, b: 1 },
});

export const request = (
  activation: Activation,
  statistics: ReplacedEntryRows,
  samples: number,
): PopulationRequest => ({ activation, statistics, samples, seed: 1 });

export const mapOf = (made: PopulationRequest): MeanFieldMap => populationMap(made);

export function after(map: MeanFieldMap, pair: SignalPair, layers: number): unknown {
  let state = map.start(pair);
  for (let layer = 0; layer < layers; layer++) state = map.step(state);
  return state;
}

export const pairOf = (q: number, gap: number): SignalPair => ({ q1: q, q2: q, gap });
