/**
 * Layers of a population: a Gaussian start, and one layer after another. Homogeneous φ without a constant input are
 * followed in units of each signal's own length, so that no depth and no length is out of float64's range.
 */

import type { Activation, ActivityMoments, Linearisation, SignalPair } from '@meanfield/core';
import { gaussianExpectations, requireSignalPair, type GaussianExpectations } from '@meanfield/numerics';

import { activate, type DeadFractions } from './activate.js';
import { gaussianMoments, gaussianSamples } from './gaussian-start.js';
import type { PopulationNumbers } from './numbers.js';
import type { RowForms } from './row-forms.js';
import { pushForward, type Samples } from './samples.js';
import { transition, type ActivationMoments, type Transition } from './transition.js';

export interface PopulationState {
  /** The longer signal of the start first */
  readonly pair: SignalPair;
  readonly swapped: boolean;
  /** Whether both signals have the same law, in units of their lengths where those are taken out */
  readonly exchangeable: boolean;
  readonly moments: ActivationMoments & DeadFractions;
  /** Null in the Gaussian layer at the start, of which samples are made when they are needed */
  readonly samples: Samples | null;
  readonly to: Transition;
  /** Lengths left float64, or are 0: nothing changes any more */
  readonly ended: boolean;
}

export interface PopulationParts {
  readonly activation: Activation;
  readonly forms: RowForms;
  readonly numbers: PopulationNumbers;
}

export interface PopulationLayers {
  start(pair: SignalPair): PopulationState;
  /** @param exact moments of the first signal's activations that are known better than samples tell them */
  step(state: PopulationState, exact?: Partial<ActivationMoments>): PopulationState;
  observe(state: PopulationState): SignalPair;
  linearise(state: PopulationState): Linearisation;
  activity(state: PopulationState): ActivityMoments;
}

const UNIT_LENGTHS = { q1: 1, q2: 1 };
/** q growth, with 0·∞ = 0 */
const scaled = (q: number, growth: number): number => (q === 0 || growth === 0 ? 0 : q * growth);
const usable = (q: number): boolean => q > 0 && Number.isFinite(q);

export function populationLayers({ activation, forms, numbers }: PopulationParts): PopulationLayers {
  const expectations: GaussianExpectations = gaussianExpectations(activation);
  const inUnits = activation.homogeneous && forms.constant === 0;
  const working = (pair: SignalPair): SignalPair => (inUnits ? { ...pair, ...UNIT_LENGTHS } : pair);

  function start(given: SignalPair): PopulationState {
    const { q1, q2, gap } = requireSignalPair(given);
    const swapped = q2 > q1;
    const pair = swapped ? { q1: q2, q2: q1, gap } : { q1, q2, gap };
    const ended = !inUnits && pair.q1 === Infinity;
    const exchangeable = inUnits || q1 === q2;
    const moments = gaussianMoments(
      activation,
      expectations,
      ended ? { ...UNIT_LENGTHS, gap } : working(pair),
    );
    const to = transition(forms, moments, exchangeable);
    return { pair, swapped, exchangeable, moments, samples: null, to, ended };
  }

  function step(state: PopulationState, exact?: Partial<ActivationMoments>): PopulationState {
    if (state.ended) return state;
    const { exchangeable } = state;
    const to =
      exact === undefined ? state.to : transition(forms, { ...state.moments, ...exact }, exchangeable);
    const pair = nextPair(state.pair, to);
    if (!usable(to.q1) || to.q2 === Infinity) {
      return { ...state, pair: { ...pair, gap: state.pair.gap }, ended: true };
    }
    const below = state.samples ?? startSamples(state.pair);
    const unit = inUnits ? Math.sqrt(to.q1) : 1;
    const samples = pushForward(numbers, below, to, { constant: forms.constant, unit });
    const next = activate(activation, samples);
    return { ...state, pair, ...next, to: transition(forms, next.moments, exchangeable) };
  }

  const nextPair = ({ q1, q2 }: SignalPair, to: Transition): SignalPair => ({
    q1: inUnits ? scaled(q1, to.q1) : to.q1,
    q2: inUnits ? scaled(q2, to.q1) : to.q2,
    gap: to.gap,
  });

  const startSamples = (pair: SignalPair): Samples =>
    activate(activation, gaussianSamples(numbers, working(pair), inUnits)).samples;

  function linearise({ pair, to, samples, ended }: PopulationState): Linearisation {
    const { q1, q2 } = working(pair);
    const equal = samples !== null && samples.difference === null;
    const slope = equal ? (to.chi1 * q1) / to.q1 : to.gapSlope;
    const stays = ended || !usable(q1) || !usable(q2) || !usable(to.q1) || !usable(to.q2);
    return {
      lengthSlope: inUnits ? to.q1 : to.lengthSlope,
      chi1: to.chi1,
      // A layer without signals has every c.
      correlationSlope: stays ? 1 : slope,
    };
  }

  function activity({ pair, swapped, moments }: PopulationState): ActivityMoments {
    const length = inUnits ? (swapped ? pair.q2 : pair.q1) : 1;
    const second = swapped && !inUnits;
    const square = moments.square + (second ? 2 * moments.differenceProduct + moments.differenceSquare : 0);
    const mean = moments.mean + (second ? moments.differenceMean : 0);
    const dead = second ? moments.dead2 : moments.dead1;
    return {
      meanSquare: length * Math.max(0, square),
      mean: Math.sqrt(length) * mean,
      deadFraction: length === 0 ? 1 : dead,
    };
  }

  return {
    start,
    step,
    observe: ({ pair: { q1, q2, gap }, swapped }) => (swapped ? { q1: q2, q2: q1, gap } : { q1, q2, gap }),
    linearise,
    activity,
  };
}
