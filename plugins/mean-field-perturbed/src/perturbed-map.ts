/**
 * One layer of two infinitely wide networks, teacher and student, whose weights differ (`singh2021` §2.2). The
 * student's are w = √(1−η²) ŵ + η δw and its biases b = √(1−η²) b̂ + η δb, with δw and δb independent draws of the
 * teacher's law; activations carry independent noise of precision β in either network, s = φ(h) + ε, E ε² = 1/β.
 *
 * In pre-activations, with V and C the maps of one network without noise and r = √(1−η²):
 *
 *   V'(q)    = V(q) + σ_w²/β
 *   c'       = r C(q1, q2, c)/√(V'(q1) V'(q2))
 *   gap'     = (1 − S) + S ((1 − r) + r g),   S = √(V(q1) V(q2)/(V'(q1) V'(q2)))
 *   1 − S    = (x1 + x2 − x1 x2)/(1 + S),     x = (σ_w²/β)/V'(q)
 *   1 − r    = η²/(1 + r)
 *
 * where g is the gap that one network without noise would have. At q1 = q2 = q* these are the source's equations: its
 * q_s belongs to h of mean square σ_w² q_s + σ_b², its ĉ is c'. Every term of gap' is positive, so nothing cancels,
 * and with η = 0 and no noise the bits are those of one network. Correlated rows stay as they are: w has the law of
 * ŵ, and κ subtracts means, to which the noise adds nothing.
 *
 * χ₁ = r σ_w² E φ'(h)² is the slope of the overlap at c = 1; a network by itself has χ₁/r. With η > 0 or noise
 * c = 1 is no fixed point.
 *
 * Domain: 0 ≤ η ≤ 1, 1/β finite. A length that float64 does not hold has S = 1. Measured maximum relative error for
 * ReLU against 700 digits (test/fixtures, gaps down to 1e-300): lengths 2.3e-16, gaps 4.5e-16.
 */

import type { Linearisation, MeanFieldMap, SignalPair } from '@meanfield/core';
import { requireVariance } from '@meanfield/numerics';

/** Pre-activations of a layer in both networks. */
export interface PerturbedState extends SignalPair {
  /** Layers taken since the start */
  readonly layer: number;
}

export interface Perturbation {
  /** η of the layers that follow the start, in order; the last one repeats */
  readonly strengths: readonly [number, ...number[]];
  /** 1/β, mean square of the noise in an activation */
  readonly noiseVariance: number;
}

/** a·b with 0·∞ = 0 */
const scaled = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** √(1 − η²) */
const overlapOf = (strength: number): number => Math.sqrt((1 - strength) * (1 + strength));

/** part/whole, or its limit where noise does not show: with nothing to disturb, or beyond float64. */
const shareOf = (part: number, whole: number, limit: number): number =>
  whole === 0 || whole === Infinity ? limit : part / whole;

/** S and 1 − S, from lengths without noise and the noise that joins them. */
function dilution(v1: number, v2: number, noise: number): { readonly kept: number; readonly lost: number } {
  const [kept1, kept2] = [shareOf(v1, v1 + noise, 1), shareOf(v2, v2 + noise, 1)];
  const [lost1, lost2] = [shareOf(noise, v1 + noise, 0), shareOf(noise, v2 + noise, 0)];
  const kept = Math.sqrt(kept1) * Math.sqrt(kept2);
  return { kept, lost: (lost1 + lost2 * kept1) / (1 + kept) };
}

/**
 * @param base map of one network without noise, whose state is a pair of moments
 * @throws MeanfieldError INVALID_ARGUMENT where σ_w²/β is not finite
 */
export function perturbedMap(base: MeanFieldMap, perturbation: Perturbation): MeanFieldMap<PerturbedState> {
  const { strengths, noiseVariance } = perturbation;
  const noise = requireVariance(base.weightVariance * noiseVariance, 'σ_w²/β');
  const last = strengths[strengths.length - 1] ?? strengths[0];
  const constant = strengths.every((strength) => strength === last);
  const strengthAt = (layer: number): number => strengths[layer] ?? last;

  /** One layer of one network without noise. */
  const unperturbed = (pair: SignalPair): SignalPair => base.observe(base.step(base.start(pair)));

  function step(state: PerturbedState): PerturbedState {
    const { q1, q2, gap } = unperturbed(state);
    const strength = strengthAt(state.layer);
    const overlap = overlapOf(strength);
    const { kept, lost } = dilution(q1, q2, noise);
    const turned = strength ** 2 / (1 + overlap) + overlap * gap;
    return {
      q1: q1 + noise,
      q2: q2 + noise,
      gap: Math.min(2, lost + kept * turned),
      layer: state.layer + 1,
    };
  }

  function linearise(state: PerturbedState): Linearisation {
    const { lengthSlope, chi1, correlationSlope } = base.linearise(base.start(state));
    const { q1, q2 } = unperturbed(state);
    const overlap = overlapOf(strengthAt(state.layer));
    return {
      lengthSlope,
      chi1: scaled(overlap, chi1),
      correlationSlope: scaled(overlap * dilution(q1, q2, noise).kept, correlationSlope),
    };
  }

  return {
    method: base.method,
    ...(base.relativeError === undefined ? {} : { relativeError: base.relativeError }),
    weightVariance: base.weightVariance,
    stateKind: constant ? 'moments' : 'law',
    start(pair) {
      const { q1, q2, gap } = base.observe(base.start(pair));
      return { q1, q2, gap, layer: 0 };
    },
    step,
    observe: ({ q1, q2, gap }) => ({ q1, q2, gap }),
    linearise,
    activity(state) {
      const { meanSquare, mean, deadFraction } = base.activity(base.start(state));
      return { meanSquare: meanSquare + noiseVariance, mean, deadFraction };
    },
    ...(base.tabulated === undefined
      ? {}
      : { tabulated: () => perturbedMap(base.tabulated?.() ?? base, perturbation) }),
    ...(constant ? {} : { deepMap: () => perturbedMap(base, { strengths: [last], noiseVariance }) }),
    asymptotics() {
      const { lengthGrowth, chi1 } = base.asymptotics();
      return { lengthGrowth, chi1: scaled(overlapOf(last), chi1) };
    },
    withWeightVariance: (variance) => perturbedMap(base.withWeightVariance(variance), perturbation),
  };
}
