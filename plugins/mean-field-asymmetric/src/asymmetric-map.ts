/**
 * One layer of an infinitely wide network whose rows have one entry replaced by a Beta variable (`lu2020`,
 * `singh2021` §3.3), in the approximations of `approximation.ts`, for homogeneous φ.
 *
 * The biases' variance σ_w²/N and the replaced entry that lands on the bias in one row of N + 1 vanish as N → ∞, so
 * the length map is a line through 0: V(q) = ζ q. Lengths stay bounded for ζ < 1 and c = 1 is called stable for
 * χ₁ < 1.
 *
 * State: entry 0 of a trajectory has Gaussian pre-activations; every later layer is described by the moments of
 * the activations that feed it.
 *
 *   E h² = H q_s, H = τ² + ν² E u²;  gap of h = σ_w² gap_s/H;  q_s' = ζ q_s;  gap_s' = drop(gap_s)/ζ
 */

import type { Activation, ActivityMoments, Linearisation, MeanFieldMap, SignalPair } from '@meanfield/core';
import { gaussianExpectations, requireSignalPair } from '@meanfield/numerics';

import type { Approximation } from './approximation.js';
import { gaussianGrowth, shiftedDeadFraction, type TwoSlopes } from './two-slopes.js';

export type AsymmetricState =
  | { readonly kind: 'gaussian'; readonly preActivations: SignalPair }
  /** `activations` of the layer below: mean squares and one less their correlation */
  | { readonly kind: 'replaced-entry'; readonly activations: SignalPair };

export interface AsymmetricMapParts {
  readonly activation: Activation;
  readonly slopes: TwoSlopes;
  readonly method: string;
  /** σ_w² */
  readonly weightVariance: number;
  readonly approximation: Approximation;
  /** The same map at another σ_w² */
  at(weightVariance: number): MeanFieldMap;
}

export function asymmetricMap(parts: AsymmetricMapParts): MeanFieldMap<AsymmetricState> {
  const { activation, slopes, weightVariance } = parts;
  const { preActivationShare, lengthGrowth, chi1, drop, dropSlope } = parts.approximation;
  const expectations = gaussianExpectations(activation);
  const gaussianShare = gaussianGrowth(slopes);
  /** From the gap of activations to that of the pre-activations that they feed */
  const gapShare = preActivationShare === 0 ? 1 : weightVariance / preActivationShare;

  const scaled = ({ q1, q2 }: SignalPair, factor: number, gap: number): SignalPair => ({
    q1: factor * q1,
    q2: factor * q2,
    gap: Math.min(2, Math.max(0, gap)),
  });

  function step(state: AsymmetricState): AsymmetricState {
    if (state.kind === 'gaussian') {
      const { gap } = state.preActivations;
      const next = gaussianShare === 0 ? gap : expectations.productDrop(1, 1, gap) / gaussianShare;
      return { kind: 'replaced-entry', activations: scaled(state.preActivations, gaussianShare, next) };
    }
    const { gap } = state.activations;
    const next = lengthGrowth === 0 ? gap : drop(gap) / lengthGrowth;
    return { kind: 'replaced-entry', activations: scaled(state.activations, lengthGrowth, next) };
  }

  function linearise(state: AsymmetricState): Linearisation {
    if (state.kind === 'gaussian') {
      const growth = gaussianShare * preActivationShare;
      const slope = weightVariance * expectations.derivativeProduct(1, 1, state.preActivations.gap);
      return {
        lengthSlope: growth,
        chi1: weightVariance * gaussianShare,
        correlationSlope: growth === 0 ? 1 : slope / growth,
      };
    }
    const correlationSlope = lengthGrowth === 0 ? 1 : dropSlope(state.activations.gap) / lengthGrowth;
    return { lengthSlope: lengthGrowth, chi1, correlationSlope };
  }

  function activity(state: AsymmetricState): ActivityMoments {
    if (state.kind === 'gaussian') {
      const { q1 } = state.preActivations;
      const mean = (slopes.right - slopes.left) * Math.sqrt(q1 / (2 * Math.PI));
      return { meanSquare: gaussianShare * q1, mean, deadFraction: shiftedDeadFraction(0, q1) };
    }
    const { q1 } = state.activations;
    return {
      meanSquare: lengthGrowth * q1,
      mean: parts.approximation.mean * Math.sqrt(q1),
      deadFraction: q1 === 0 ? 1 : parts.approximation.deadFraction,
    };
  }

  return {
    method: parts.method,
    weightVariance,
    stateKind: 'law',
    start: (pair) => ({ kind: 'gaussian', preActivations: requireSignalPair(pair) }),
    step,
    observe: (state) =>
      state.kind === 'gaussian'
        ? { ...state.preActivations }
        : scaled(state.activations, preActivationShare, gapShare * state.activations.gap),
    linearise,
    activity,
    asymptotics: () => ({ lengthGrowth, chi1 }),
    withWeightVariance: (variance) => parts.at(variance) as MeanFieldMap<AsymmetricState>,
  };
}
