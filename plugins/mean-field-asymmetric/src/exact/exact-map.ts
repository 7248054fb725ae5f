/**
 * One layer of an infinitely wide network whose rows have one entry replaced by a Beta variable (`lu2020`,
 * `singh2021` §3.3), for homogeneous φ, without approximation.
 *
 * As N → ∞ the special input of a neuron is an independent draw from the law of the activations below (`layer-law.ts`),
 * so the state is that law. The biases' variance σ_w²/N and the replaced entry that lands on the bias in one row of
 * N + 1 vanish: lengths grow or shrink by a factor.
 *
 * From Gaussian pre-activations of correlation c, with C = E φ(h₁) φ(h₂) and m = E φ,
 *
 *   E h₁'h₂' = σ_w² (C − κ m²) + E u² C.
 *
 * Later layers have no closed form: small gaps grow by χ₁ q/q', others follow a population of pairs (`pairs.ts`).
 */

import type { Activation, ActivityMoments, Linearisation, MeanFieldMap, SignalPair } from '@meanfield/core';
import { gaussianExpectations, requireSignalPair } from '@meanfield/numerics';

import {
  activityOf,
  gaussianLayer,
  layerStep,
  type LayerLaw,
  type LayerParts,
  type LayerStep,
} from './layer-law.js';
import type { PairedSignals, Pairs } from './pairs.js';

export interface ExactState {
  readonly pair: SignalPair;
  /** Of either signal, over its length */
  readonly layer: LayerLaw;
  /** Undefined for equal signals */
  readonly pairs: PairedSignals | undefined;
  /** Whether pre-activations are jointly Gaussian: entry 0 of a trajectory */
  readonly start: boolean;
}

export interface ExactMapParts extends LayerParts {
  readonly activation: Activation;
  readonly method: string;
  readonly gapError: number;
  readonly pairs: Pairs;
  /** λ, μ and the law of deep layers */
  readonly deep: () => DeepLaw;
  readonly boundaries?: () => { readonly length: number | null; readonly correlation: number | null };
  /** The same map with smaller populations */
  readonly tabulated?: () => MeanFieldMap;
  /** The same map at another σ_w² */
  at(weightVariance: number): MeanFieldMap;
}

export interface DeepLaw {
  readonly lengthGrowth: number;
  readonly sensitivityGrowth: number;
  readonly layer: LayerLaw;
}

export function exactMap(parts: ExactMapParts): MeanFieldMap<ExactState> {
  const { activation, slopes, weightVariance, family, pairs, tabulated } = parts;
  const expectations = gaussianExpectations(activation);
  const replacedGrowth = weightVariance + family.beta.moment(2);
  const steps = new WeakMap<LayerLaw, LayerStep>();
  const stepOf = (layer: LayerLaw): LayerStep => {
    let step = steps.get(layer);
    if (step === undefined) steps.set(layer, (step = layerStep(layer, parts)));
    return step;
  };
  let gaussian: LayerLaw | undefined;

  function gapAfter({ pair: { gap }, pairs: paired, start }: ExactState, { growth, chi1 }: LayerStep) {
    if (gap === 0 || growth === 0) return { gap, paired: undefined };
    const exact = start ? (replacedGrowth * expectations.productDrop(1, 1, gap)) / growth : undefined;
    const next = pairs.step(paired ?? pairs.start(gap), { factor: chi1 / growth, exact });
    return { gap: Math.min(2, Math.max(0, next.gap)), paired: next };
  }

  function step(state: ExactState): ExactState {
    const taken = stepOf(state.layer);
    const { gap, paired } = gapAfter(state, taken);
    const { q1, q2 } = state.pair;
    const pair = { q1: taken.growth * q1, q2: taken.growth * q2, gap };
    return { pair, layer: taken.next, pairs: paired, start: false };
  }

  function linearise({ pair: { gap }, layer, pairs: paired, start }: ExactState): Linearisation {
    const { growth, chi1 } = stepOf(layer);
    return { lengthSlope: growth, chi1, correlationSlope: correlationSlope() };

    function correlationSlope(): number {
      if (growth === 0) return 1;
      if (gap === 0) return chi1 / growth;
      if (start) return (replacedGrowth * expectations.derivativeProduct(1, 1, gap)) / growth;
      return pairs.slope(paired ?? pairs.start(gap));
    }
  }

  function activity({ pair: { q1 }, layer }: ExactState): ActivityMoments {
    const { meanSquare, mean } = activityOf(layer, slopes);
    return {
      meanSquare: q1 * meanSquare,
      mean: Math.sqrt(q1) * mean,
      deadFraction: q1 === 0 ? 1 : layer.law[1].mass,
    };
  }

  return {
    method: parts.method,
    gapError: parts.gapError,
    weightVariance,
    stateKind: 'law',
    start: (pair) => ({
      pair: requireSignalPair(pair),
      layer: (gaussian ??= gaussianLayer(parts.panels)),
      pairs: undefined,
      start: true,
    }),
    step,
    observe: ({ pair }) => ({ ...pair }),
    linearise,
    activity,
    settled: () => ({
      pair: { q1: 1, q2: 1, gap: 0 },
      layer: parts.deep().layer,
      pairs: undefined,
      start: false,
    }),
    asymptotics() {
      const { lengthGrowth, sensitivityGrowth } = parts.deep();
      return { lengthGrowth, chi1: sensitivityGrowth };
    },
    ...(parts.boundaries === undefined ? {} : { boundaries: parts.boundaries }),
    ...(tabulated === undefined ? {} : { tabulated: () => tabulated() as MeanFieldMap<ExactState> }),
    withWeightVariance: (variance) => parts.at(variance) as MeanFieldMap<ExactState>,
  };
}
