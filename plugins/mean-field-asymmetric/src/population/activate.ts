/** From pre-activations of samples to their activations, in place, and the moments of these. */

import type { Activation } from '@meanfield/core';
import { increment } from '@meanfield/numerics';

import { meanProduct } from './arrays.js';
import type { Samples } from './samples.js';
import type { ActivationMoments } from './transition.js';

/** Shares of neurons with h ≤ 0, of the first and the second signal */
export interface DeadFractions {
  readonly dead1: number;
  readonly dead2: number;
}

/** Overwrites what the samples hold. */
export function activate(activation: Activation, samples: Samples): ActivationMoments & DeadFractions {
  // First the difference, which starts from pre-activations.
  const difference = activateDifference(activation, samples);
  return { ...difference, ...activateSignal(activation, samples) };
}

/** Differences over steps from here on are taken plainly: what they lose to rounding is below 1e-14. */
const LONG_STEP = 0.1;

type DifferenceMoments = Pick<
  ActivationMoments & DeadFractions,
  'differenceSquare' | 'differenceMean' | 'gapSquare' | 'gapMean' | 'dead2'
>;

function activateDifference(
  activation: Activation,
  { signal, difference, gapTangent }: Samples,
): DifferenceMoments {
  let [square, mean, gapSquare, gapMean, dead] = [0, 0, 0, 0, 0];
  const count = signal.length;
  if (difference !== null && gapTangent !== null) {
    for (let i = 0; i < count; i++) {
      const h = signal[i]!;
      const step = difference[i]!;
      const end = h + step;
      const long = step > LONG_STEP || step < -LONG_STEP;
      const change = long ? activation.phi(end) - activation.phi(h) : increment(activation, h, step);
      const tangent = activation.derivative(end) * gapTangent[i]!;
      difference[i] = change;
      gapTangent[i] = tangent;
      square += change * change;
      mean += change;
      gapSquare += change * tangent;
      gapMean += tangent;
      if (end <= 0) dead++;
    }
  }
  return {
    differenceSquare: square / count,
    differenceMean: mean / count,
    gapSquare: gapSquare / count,
    gapMean: gapMean / count,
    dead2: dead / count,
  };
}

function activateSignal(
  activation: Activation,
  { signal, spread, lengthTangent, difference, gapTangent }: Samples,
): Omit<ActivationMoments & DeadFractions, keyof DifferenceMoments> {
  let [square, mean, spreads, lengthProduct, lengthMean, dead] = [0, 0, 0, 0, 0, 0];
  const count = signal.length;
  for (let i = 0; i < count; i++) {
    const h = signal[i]!;
    const s = activation.phi(h);
    const slope = activation.derivative(h);
    const v = slope * slope * spread[i]!;
    signal[i] = s;
    spread[i] = v;
    square += s * s;
    mean += s;
    spreads += v;
    if (h <= 0) dead++;
    if (lengthTangent !== null) {
      const t = slope * lengthTangent[i]!;
      lengthTangent[i] = t;
      lengthProduct += s * t;
      lengthMean += t;
    }
  }
  return {
    square: square / count,
    mean: mean / count,
    spread: spreads / count,
    lengthProduct: lengthProduct / count,
    lengthMean: lengthMean / count,
    differenceProduct: difference === null ? 0 : meanProduct(signal, difference),
    gapProduct: gapTangent === null ? 0 : meanProduct(signal, gapTangent),
    dead1: dead / count,
  };
}
