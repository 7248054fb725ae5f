/**
 * One layer of an infinitely wide network as a map on a layer STATE.
 *
 * For Gaussian rows the state is (q1, q2, gap); for laws with an outlier per row it may be a probability
 * law. Every question (trajectory, fixed points, χ₁, depth scales, phase, boundary) is asked through this
 * contract, so that `@meanfield/theory` works for a map that it never saw.
 */

import type { Activation } from './activation.js';
import type { WeightStatistics } from './initializer.js';
import type { AdvancePairs } from './signal-pairs.js';

/** Two signals in one layer, seen from outside. */
export interface SignalPair {
  /** Mean square of the first signal's pre-activations, E h² */
  readonly q1: number;
  /** Mean square of the second signal's pre-activations */
  readonly q2: number;
  /** 1 − c, c the correlation E h1 h2/√(q1 q2) of pre-activations; in [0, 2]. Carried instead of c, which loses every digit near 1. */
  readonly gap: number;
}

/** How small deviations are carried through one layer at a state. */
export interface Linearisation {
  /** dV/dq, slope of the length map */
  readonly lengthSlope: number;
  /** χ₁ = ∂q12'/∂q12 at c = 1 and this state's lengths; the slope of the correlation map there once lengths are stationary */
  readonly chi1: number;
  /** dc'/dc at this state's own c and lengths; at c = 1 it is χ₁ √(q1 q2)/√(q1' q2'), primes marking the next layer */
  readonly correlationSlope: number;
}

/** What the neurons of a layer hand on, for the first signal of a pair. */
export interface ActivityMoments {
  /** E φ(h)² */
  readonly meanSquare: number;
  /** E φ(h) */
  readonly mean: number;
  /** P(h ≤ 0), the share of neurons that this signal leaves at or below 0 */
  readonly deadFraction: number;
}

export interface MeanFieldMap<State = unknown> {
  /** How its numbers are computed, in words for a reader of results: "closed form", "quadrature", … */
  readonly method: string;
  /** Relative error of its lengths and slopes, where it may exceed 1e-12 */
  readonly relativeError?: number;
  /** Relative error of gaps above 0, where it is larger */
  readonly gapError?: number;
  /** σ_w² */
  readonly weightVariance: number;
  /** 'moments' when `observe` determines the state, so that theory may evaluate the map at any (q, gap) */
  readonly stateKind: 'moments' | 'law';
  /** The state of a layer whose pre-activations are Gaussian with these moments: entry 0 of a trajectory. */
  start(pair: SignalPair): State;
  /** One layer on. Equal signals stay equal, but for maps of two networks that differ. */
  step(state: State): State;
  observe(state: State): SignalPair;
  linearise(state: State): Linearisation;
  /** What this layer hands on to the next. */
  activity(state: State): ActivityMoments;
  /** `layers` layers on. Present where that is faster than `step` by `step`; the same but for rounding. */
  advance?(state: State, layers: number): State;
  /**
   * The same map with its moments tabulated, for questions at very many points, such as a plane of parameters. Its `method`
   * states the error. Absent where nothing is gained.
   */
  tabulated?(): MeanFieldMap<State>;
  /**
   * The map that deep layers follow, for a map that differs from layer to layer up to some depth: what fixed points,
   * depth scales and boundaries are asked of.
   */
  deepMap?(): MeanFieldMap<State>;
  /**
   * A deep layer of equal signals, for a law that keeps its shape while lengths change by the same factor in every layer, at
   * any length: present where it is known without iterating.
   */
  settled?(): State;
  /**
   * σ_w² of both boundaries of the family that this map belongs to, where the map knows them without a search: lengths are
   * bounded, and c = 1 is stable, below and not above. null: at no weight variance above 0.
   */
  boundaries?(): { readonly length: number | null; readonly correlation: number | null };
  /**
   * Limits for q → ∞: `lengthGrowth` of V(q)/q (lengths are bounded where it is below 1; 0 for bounded φ,
   * Infinity for φ that outgrows every line) and `chi1` of χ₁(q).
   */
  asymptotics(): { readonly lengthGrowth: number; readonly chi1: number };
  /** The same map at another σ_w²: what boundaries are traced with. */
  withWeightVariance(weightVariance: number): MeanFieldMap<State>;
}

export type Acceptance = { readonly accepted: true } | { readonly accepted: false; readonly reason: string };

/** What a plugin of kind `mean-field` makes: the map for an activation and a law of weights. */
export interface MeanFieldModel {
  readonly name: string;
  /** Whether this model describes the law; the reason completes "… does not apply: ". */
  accepts(statistics: WeightStatistics, activation: Activation): Acceptance;
  /** Throws UNSUPPORTED where `accepts` says no. */
  map(activation: Activation, statistics: WeightStatistics): MeanFieldMap;
  /** The maps of independent Gaussian rows, for many pairs of signals at once; absent or undefined where nothing is gained */
  pairs?(activation: Activation): AdvancePairs | undefined;
}
