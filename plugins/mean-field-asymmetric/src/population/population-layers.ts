/**
 * Layers of a population: a Gaussian start, and one layer after another. Homogeneous φ without a constant input are
 * followed in units of each signal's own length, so that no depth and no length is out of float64's range.
 */

import type { Activation, ActivityMoments, Linearisation, SignalPair } from '@meanfield/core';
import { requireSignalPair, type GaussianExpectations } from '@meanfield/numerics';

import { activate, type DeadFractions } from './activate.js';
import { once } from '../exact/once.js';
import { gaussianMoments, gaussianSamples } from './gaussian-start.js';
import type { PopulationNumbers } from './numbers.js';
import type { RowForms } from './row-forms.js';
import { pushForward, type Samples } from './samples.js';
import { transition, type ActivationMoments, type Transition } from './transition.js';

interface Known {
  readonly moments: ActivationMoments & DeadFractions;
  readonly to: Transition;
}

export interface PopulationState {
  /** The longer signal of the start first */
  readonly pair: SignalPair;
  readonly swapped: boolean;
  /** Whether both signals have the same law, in units of their lengths where those are taken out */
  readonly exchangeable: boolean;
  /** What its samples, or quadrature at the start, say; computed when first asked for */
  readonly known: () => Known;
  /** Null in the Gaussian layer at the start, of which samples are made when they are needed */
  readonly samples: Samples | null;
  /** Lengths left float64, or are 0: nothing changes any more */
  readonly ended: boolean;
}

export interface PopulationParts {
  readonly activation: Activation;
  /** Of `activation`; maps at several σ_w² share what it has integrated */
  readonly expectations: GaussianExpectations;
  readonly forms: RowForms;
  readonly numbers: PopulationNumbers;
}

export interface PopulationLayers {
  start(pair: SignalPair): PopulationState;
  step(state: PopulationState): PopulationState;
  observe(state: PopulationState): SignalPair;
  linearise(state: PopulationState): Linearisation;
  activity(state: PopulationState): ActivityMoments;
}

const UNIT_LENGTHS = { q1: 1, q2: 1 };
/** q growth, with 0·∞ = 0 */
const scaled = (q: number, growth: number): number => (q === 0 || growth === 0 ? 0 : q * growth);
/** ∞ − ∞, where φ outgrows every line */
const orInfinity = (slope: number): number => (Number.isNaN(slope) ? Infinity : slope);
const usable = (q: number): boolean => q > 0 && Number.isFinite(q);

export function populationLayers(parts: PopulationParts): PopulationLayers {
  const { activation, expectations, forms, numbers } = parts;
  const inUnits = activation.homogeneous && forms.constant === 0;
  const working = (pair: SignalPair): SignalPair => (inUnits ? { ...pair, ...UNIT_LENGTHS } : pair);

  function start(given: SignalPair): PopulationState {
    const { q1, q2, gap } = requireSignalPair(given);
    const swapped = q2 > q1;
    const pair = swapped ? { q1: q2, q2: q1, gap } : { q1, q2, gap };
    const ended = !inUnits && pair.q1 === Infinity;
    const exchangeable = inUnits || q1 === q2;
    const known = once(() => {
      const finite = ended ? { ...UNIT_LENGTHS, gap } : working(pair);
      return knownFrom(gaussianMoments(activation, expectations, finite), exchangeable);
    });
    return { pair, swapped, exchangeable, known, samples: null, ended };
  }

  const knownFrom = (moments: Known['moments'], exchangeable: boolean): Known => ({
    moments,
    to: transition(forms, moments, exchangeable),
  });

  function step(state: PopulationState): PopulationState {
    if (state.ended) return state;
    const { exchangeable } = state;
    const { to } = state.known();
    const { gap } = state.pair;
    if (to.q1 === 0) return { ...state, pair: { q1: 0, q2: 0, gap }, ended: true };
    // NaN is ∞ − ∞.
    if (!(to.q1 < Infinity && to.q2 < Infinity)) {
      return { ...state, pair: { q1: Infinity, q2: Infinity, gap }, ended: true };
    }
    const pair = nextPair(state.pair, to);
    const below = state.samples ?? startSamples(state.pair);
    const unit = inUnits ? Math.sqrt(to.q1) : 1;
    const samples = pushForward(numbers, below, to, { constant: forms.constant, unit });
    const known = knownFrom(activate(activation, samples), exchangeable);
    return { ...state, pair, samples, known: () => known };
  }

  const nextPair = ({ q1, q2 }: SignalPair, to: Transition): SignalPair => ({
    q1: inUnits ? scaled(q1, to.q1) : to.q1,
    q2: inUnits ? scaled(q2, to.q1) : to.q2,
    gap: to.gap,
  });

  function startSamples(pair: SignalPair): Samples {
    const samples = gaussianSamples(numbers, working(pair), inUnits);
    activate(activation, samples);
    return samples;
  }

  function linearise({ pair, known, samples, ended }: PopulationState): Linearisation {
    const { to } = known();
    const { q1, q2 } = working(pair);
    const equal = samples !== null && samples.difference === null;
    const slope = equal ? (to.chi1 * q1) / to.q1 : to.gapSlope;
    const stays = ended || !usable(q1) || !usable(q2) || !usable(to.q1) || !usable(to.q2);
    return {
      lengthSlope: orInfinity(inUnits ? to.q1 : to.lengthSlope),
      chi1: orInfinity(to.chi1),
      // A layer without signals has every c.
      correlationSlope: stays ? 1 : slope,
    };
  }

  function activity({ pair, swapped, known }: PopulationState): ActivityMoments {
    const { moments } = known();
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
