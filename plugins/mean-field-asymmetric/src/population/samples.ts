/**
 * The samples of a layer, P of them: activations of the first signal, with what follows infinitesimal differences, and of
 * the difference of the second.
 */

import { addScaled, meanOf, meanProduct, scaleBy } from './arrays.js';
import type { PopulationNumbers } from './numbers.js';
import type { Transition } from './transition.js';

/** One array each, [P]; names as in `ActivationMoments`. Before `activate` they hold what φ is yet to be applied to. */
export interface Samples {
  /** s1 */
  readonly signal: Float64Array;
  /** φ'(h)² v */
  readonly spread: Float64Array;
  /** ṡ; null for homogeneous φ, whose lengths all change alike */
  readonly lengthTangent: Float64Array | null;
  /** Δ and Δ̇; null for signals that are equal */
  readonly difference: Float64Array | null;
  readonly gapTangent: Float64Array | null;
}

/**
 * The next layer's pre-activations, divided by `unit`, standardised to the moments that `transition` states: E h²,
 * E h1 (h2 − h1), E (h2 − h1)², E v = 1.
 */
export function pushForward(
  numbers: PopulationNumbers,
  below: Samples,
  to: Transition,
  { constant, unit }: { readonly constant: number; readonly unit: number },
): Samples {
  const { samples: count, u, uOfBias, z, parent } = numbers;
  const signal = new Float64Array(count);
  const spread = new Float64Array(count);
  const deviation = to.deviation / unit;
  const [gaussianSpread, spreadShare] = to.chi1 === 0 ? [1, 0] : [to.spreadGaussian / to.chi1, 1 / to.chi1];
  for (let i = 0; i < count; i++) {
    const j = parent[i]!;
    const weight = u[i]!;
    signal[i] = deviation * z[i]! + (weight / unit) * below.signal[j]!;
    spread[i] = gaussianSpread + weight * weight * spreadShare * below.spread[j]!;
  }
  if (uOfBias !== null && constant !== 0) addScaled(signal, constant / unit, uOfBias);
  const standard = Math.sqrt(to.q1 / meanProduct(signal, signal)) / unit;
  scaleBy(signal, standard);
  scaleBy(spread, 1 / meanOf(spread));
  return {
    signal,
    spread,
    lengthTangent:
      below.lengthTangent && lengthTangentOf(numbers, below.lengthTangent, to, { signal, standard }),
    ...differenceOf(numbers, below, to, unit, signal),
  };
}

/** What the first signal's samples were multiplied by, and what they became */
interface Standardised {
  readonly signal: Float64Array;
  readonly standard: number;
}

/** Standardising changes with the length, too: 2 E h ḣ = 1. */
function lengthTangentOf(
  { samples: count, u, z, parent }: PopulationNumbers,
  below: Float64Array,
  { lengthSlope, deviationSlope, q1 }: Transition,
  { signal, standard }: Standardised,
): Float64Array {
  const tangent = new Float64Array(count);
  if (lengthSlope === 0) return tangent;
  const [own, inherited] = [(standard * deviationSlope) / lengthSlope, standard / lengthSlope];
  for (let i = 0; i < count; i++) tangent[i] = own * z[i]! + inherited * u[i]! * below[parent[i]!]!;
  addScaled(tangent, (0.5 - meanProduct(signal, tangent)) / q1, signal);
  return tangent;
}

function differenceOf(
  { samples: count, u, z, zBeside, parent }: PopulationNumbers,
  below: Samples,
  to: Transition,
  unit: number,
  signal: Float64Array,
): Pick<Samples, 'difference' | 'gapTangent'> {
  if (below.difference === null || below.gapTangent === null) return { difference: null, gapTangent: null };
  const difference = new Float64Array(count);
  const gapTangent = new Float64Array(count);
  const [x, r] = [to.following / unit, to.rest / unit];
  // One unit of the next layer's gap
  const perGap = to.gapSlope === 0 ? 0 : 1 / (to.gapSlope * unit);
  const [dx, dr] = [to.followingSlope * perGap, to.restSlope * perGap];
  for (let i = 0; i < count; i++) {
    const j = parent[i]!;
    const weight = u[i]!;
    difference[i] = x * z[i]! + r * zBeside[i]! + (weight / unit) * below.difference[j]!;
    gapTangent[i] = dx * z[i]! + dr * zBeside[i]! + weight * perGap * below.gapTangent[j]!;
  }
  standardise({ signal, difference, gapTangent }, to, unit);
  return { difference, gapTangent };
}

interface PairSamples {
  readonly signal: Float64Array;
  readonly difference: Float64Array;
  readonly gapTangent: Float64Array;
}

/**
 * Gives d = h2 − h1 its E h1 d and E d², by a factor and a multiple of h1, and its tangent ḋ the derivatives of these
 * two, E h1 ḋ = −√(q1 q2) and E d ḋ = √(q1 q2), by multiples of h1 and d.
 */
function standardise({ signal, difference, gapTangent }: PairSamples, to: Transition, unit: number): void {
  const square = meanProduct(signal, signal);
  const product = to.excessProduct / unit ** 2;
  const sampled = meanProduct(signal, difference) / square;
  const rest = meanProduct(difference, difference) - sampled ** 2 * square;
  const wanted = to.excessSquare / unit ** 2 - product ** 2 / square;
  const factor = rest > 0 && wanted > 0 ? Math.sqrt(wanted / rest) : 0;
  scaleBy(difference, factor);
  addScaled(difference, product / square - factor * sampled, signal);
  if (to.gapSlope === 0 || factor === 0) return;
  scaleBy(gapTangent, factor);
  const root = (Math.sqrt(to.q1) * Math.sqrt(to.q2)) / unit ** 2;
  const missing1 = -root - meanProduct(signal, gapTangent);
  const missing2 = root - meanProduct(difference, gapTangent);
  const along = (missing2 - (product / square) * missing1) / wanted;
  addScaled(gapTangent, along, difference);
  addScaled(gapTangent, (missing1 - along * product) / square, signal);
}
