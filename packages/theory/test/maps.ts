/** Maps that the tests of theory ask about. */

import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import type { Activation, MeanFieldMap, SignalPair } from '@meanfield/core';
import asymmetric, { type AsymmetricOptions } from '@meanfield/mean-field-asymmetric';
import gaussian from '@meanfield/mean-field-gaussian';

const activations = { relu: relu.create(), tanh: tanh.create() };

/** Kinked slope, saturating on one side and growing on the other. */
export const elu: Activation = {
  name: 'elu',
  phi: (x) => (x > 0 ? x : Math.expm1(x)),
  derivative: (x) => (x > 0 ? 1 : Math.exp(x)),
  secondDerivative: (x) => (x > 0 ? 0 : Math.exp(x)),
  kinks: [0],
  homogeneous: false,
  closedForms: {},
  tensorForm: (x) => x,
};

export const square: Activation = {
  ...elu,
  name: 'square',
  phi: (x) => x * x,
  derivative: (x) => 2 * x,
  secondDerivative: () => 2,
  kinks: [],
};

export function gaussianMapOf(
  activation: 'relu' | 'tanh' | Activation,
  weightVariance: number,
  biasVariance = 0,
  correlationStrength = 0,
): MeanFieldMap {
  const phi = typeof activation === 'string' ? activations[activation] : activation;
  return gaussian
    .create()
    .map(phi, { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength });
}

export function asymmetricMapOf(
  weightVariance: number,
  correlationStrength = 0,
  options: AsymmetricOptions = { method: 'rms' },
  activation: Activation = activations.relu,
): MeanFieldMap {
  return asymmetric.create(options).map(activation, {
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength,
    replacement: { law: 'beta', a: 2, b: 1 },
  });
}

/** V(q) = growth σ_w² q, χ₁ = 0: lengths are bounded below σ_w² = 1/growth. */
export function linearMap(growth: number, weightVariance = 1): MeanFieldMap {
  const factor = growth * weightVariance;
  return {
    method: 'closed form',
    weightVariance,
    stateKind: 'moments',
    start: (pair) => pair,
    step: (state) => {
      const { q1, q2 } = state as SignalPair;
      return { q1: factor * q1, q2: factor * q2, gap: 0 };
    },
    observe: (state) => state as SignalPair,
    linearise: () => ({ lengthSlope: factor, chi1: 0, correlationSlope: 0 }),
    activity: (state) => ({ meanSquare: (state as SignalPair).q1, mean: 0, deadFraction: 0.5 }),
    asymptotics: () => ({ lengthGrowth: factor, chi1: 0 }),
    withWeightVariance: (variance) => linearMap(growth, variance),
  };
}

/** A map of moments that hides that it is one: theory must then find everything by iteration. */
export function asLaw(map: MeanFieldMap): MeanFieldMap {
  return {
    ...map,
    stateKind: 'law',
    withWeightVariance: (weightVariance) => asLaw(map.withWeightVariance(weightVariance)),
  };
}

/** |actual/expected − 1|, or |actual| where 0 is expected */
export const relativeError = (actual: number, expected: number): number =>
  expected === 0 ? Math.abs(actual) : Math.abs(actual / expected - 1);
