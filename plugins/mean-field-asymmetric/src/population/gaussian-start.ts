/**
 * The Gaussian layer that a trajectory starts with: moments of its activations in closed form or by quadrature
 * (`gaussianExpectations`), and samples of it.
 */

import type { Activation, SignalPair } from '@meanfield/core';
import { gaussianMean, increment, type GaussianExpectations } from '@meanfield/numerics';

import type { PopulationNumbers } from './numbers.js';
import type { DeadFractions } from './activate.js';
import type { Samples } from './samples.js';
import type { ActivationMoments } from './transition.js';

/** Below it the slope of E φ at a length is that at this length. */
const SMALLEST_LENGTH = 1e-12;

/** d/dq E φ(√q z) = E[(z² − 1) φ(√q z)]/(2q), or ½ E φ''(√q z) where φ is smooth */
function meanSlope(activation: Activation, length: number): number {
  const q = Math.max(length, SMALLEST_LENGTH);
  const deviation = Math.sqrt(q);
  const second = activation.secondDerivative?.bind(activation);
  const options = { kinks: activation.kinks.map((kink) => kink / deviation), scale: scaleOf(q) };
  if (second !== undefined && activation.kinks.length === 0) {
    return gaussianMean((z) => second(deviation * z), options) / 2;
  }
  const origin = activation.phi(0);
  return gaussianMean((z) => (z * z - 1) * (activation.phi(deviation * z) - origin), options) / (2 * q);
}

/** The length in z on which φ(√q z) varies, for φ that varies on a length of 1 */
const scaleOf = (q: number): number => (q > 1 ? 1 / Math.sqrt(q) : 1);

/** E (φ(√q2 z) − φ(√q1 z))² */
function parallelDifference(activation: Activation, q1: number, q2: number): number {
  if (q1 === q2) return 0;
  const [d1, d2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const kinks = [d1, d2].flatMap((d) => (d === 0 ? [] : activation.kinks.map((kink) => kink / d)));
  const excess = (q2 - q1) / (d1 + d2);
  return gaussianMean((z) => increment(activation, d1 * z, excess * z) ** 2, {
    kinks,
    scale: scaleOf(Math.max(q1, q2)),
  });
}

/** Moments of what Gaussian pre-activations with these lengths and gap become; lengths finite. */
export function gaussianMoments(
  activation: Activation,
  expectations: GaussianExpectations,
  { q1, q2, gap }: SignalPair,
): ActivationMoments & DeadFractions {
  const square = expectations.meanSquare(q1);
  const mean = expectations.mean(q1);
  const drop = gap === 0 ? 0 : expectations.productDrop(q1, q2, gap);
  const differenceSquare = parallelDifference(activation, q1, q2) + 2 * drop;
  const squareExcess = q1 === q2 ? 0 : expectations.meanSquare(q2) - square;
  const gapSquare =
    q1 === 0 || q2 === 0 ? 0 : Math.sqrt(q1) * Math.sqrt(q2) * expectations.derivativeProduct(q1, q2, gap);
  return {
    square,
    mean,
    spread: expectations.derivativeMeanSquare(q1),
    lengthProduct: expectations.meanSquareSlope(q1) / 2,
    lengthMean: activation.homogeneous ? 0 : meanSlope(activation, q1),
    differenceSquare,
    differenceProduct: (squareExcess - differenceSquare) / 2,
    differenceMean: q1 === q2 ? 0 : expectations.mean(q2) - mean,
    gapSquare,
    gapProduct: -gapSquare,
    gapMean: 0,
    dead1: q1 === 0 ? 1 : 0.5,
    dead2: q2 === 0 ? 1 : 0.5,
  };
}

/**
 * Pre-activations of that layer: h1 = √q1 z, h2 = √q2 ((1 − gap) z + √(gap (2 − gap)) z_⊥).
 *
 * @param pair of equal signals has no difference
 */
export function gaussianSamples(
  { samples: count, zStart, zStartBeside }: PopulationNumbers,
  { q1, q2, gap }: SignalPair,
  homogeneous: boolean,
): Samples {
  const [d1, d2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const signal = zStart.map((z) => d1 * z);
  const spread = new Float64Array(count).fill(1);
  const lengthTangent = homogeneous ? null : zStart.map((z) => (d1 === 0 ? 0 : z / (2 * d1)));
  if (gap === 0 && q1 === q2) {
    return { signal, spread, lengthTangent, difference: null, gapTangent: null };
  }
  const along = (q1 === q2 ? 0 : (q2 - q1) / (d1 + d2)) - d2 * gap;
  const beside = Math.sqrt(gap) * Math.sqrt(2 - gap);
  // At c = ±1 the derivative is infinite; what is left of it turns to the direction that layers carry on.
  const besideSlope = beside === 0 ? 0 : (1 - gap) / beside;
  const mix = (a: number, b: number): Float64Array => zStart.map((z, i) => a * z + b * zStartBeside[i]!);
  return {
    signal,
    spread,
    lengthTangent,
    difference: mix(along, d2 * beside),
    gapTangent: mix(-d2, d2 * besideSlope),
  };
}
