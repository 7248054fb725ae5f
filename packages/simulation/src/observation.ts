/**
 * What is measured at one place of one network, from the signals H of a batch, [N, M].
 *
 * - q: mean of h² over units and inputs.
 * - gap: 1 − c averaged over the M(M−1)/2 pairs of inputs, where c = h1·h2/(|h1||h2|), uncentred, which is
 *   the correlation q12/√(q1 q2) of mean-field theory. With directions u_i = h_i/|h_i| and their mean ū, the
 *   average of ½|u_i − u_j|² over pairs is Σ|u_i − ū|²/(M − 1): no cancellation for small gaps, O(NM). A unit's share
 *   of it is Σd² − (Σd)²/M with d measured from the first input's u, which is one of the M: so (Σd)²/M is at most
 *   M/(M + 1) of Σd², and few digits are lost.
 * - pairGaps: ½|u_i − u_j|² for chosen pairs.
 * - deadFraction: share of all (unit, input) pairs with h ≤ 0, an estimate of P(h ≤ 0).
 * - normRatio: mean over inputs of √(mean h²/mean x²), x the network's input; `tsuchida2018` fig. 5.
 *
 * Inputs whose signal is 0 have no direction and are left out of gaps.
 */

import { lengthsOf, squaresOf, type Batch } from './batch.js';

export interface LayerObservation {
  /** Mean square of a signal's entries */
  readonly q: number;
  /** 1 − c; null where fewer than two inputs still have a signal */
  readonly gap: number | null;
  /** Share of entries that are not positive */
  readonly deadFraction: number;
  /** Root mean square of a signal's entries over that of its input's; null where all inputs are 0 */
  readonly normRatio: number | null;
  /** 1 − c of inputs 2p and 2p + 1, where pairs were asked for; null where one of the two has no signal left */
  readonly pairGaps?: readonly (number | null)[];
}

/** What an observation is relative to */
export interface Reference {
  /** Root mean square of every input's entries */
  readonly inputRms: Float64Array;
  /** Pairs of inputs 2p, 2p + 1 that are observed on their own */
  readonly pairs: number;
}

/** Root mean square of the entries of every signal. */
export function rmsOf(batch: Batch): Float64Array {
  return rmsFrom(lengthsOf(batch, squaresOf(batch)), batch.units);
}

function rmsFrom(lengths: Float64Array, units: number): Float64Array {
  return lengths.map((length) => length / Math.sqrt(units));
}

function countDead({ values, units, inputs }: Batch): number {
  let dead = 0;
  for (let i = 0; i < units * inputs; i++) dead += values[i]! <= 0 ? 1 : 0;
  return dead;
}

/** Mean over pairs of ½|u_i − u_j|² among inputs with inverse lengths above 0. */
function meanPairGap({ values, units, inputs }: Batch, inverse: Float64Array): number | null {
  const present = inverse.map((each) => (each > 0 ? 1 : 0));
  const alive = present.reduce((sum, each) => sum + each, 0);
  if (alive < 2) return null;
  const first = present.indexOf(1);
  const origin = inverse[first]!;
  let sum = 0;
  for (let unit = 0, at = 0; unit < units; unit++) {
    const from = values[at + first]! * origin;
    let total = 0;
    let squares = 0;
    for (let input = 0; input < inputs; input++, at++) {
      // 0 for inputs that are left out
      const d = values[at]! * inverse[input]! - from * present[input]!;
      total += d;
      squares += d * d;
    }
    sum += squares - (total * total) / alive;
  }
  return Math.max(0, sum) / (alive - 1);
}

function pairGap({ values, units, inputs }: Batch, inverse: Float64Array, first: number): number | null {
  const [a, b] = [inverse[first]!, inverse[first + 1]!];
  if (a === 0 || b === 0) return null;
  let squares = 0;
  for (let unit = 0, at = first; unit < units; unit++, at += inputs) {
    const d = values[at]! * a - values[at + 1]! * b;
    squares += d * d;
  }
  return squares / 2;
}

function normRatio(rms: Float64Array, inputRms: Float64Array): number | null {
  let sum = 0;
  let count = 0;
  for (let input = 0; input < rms.length; input++) {
    if (inputRms[input] === 0) continue;
    sum += rms[input]! / inputRms[input]!;
    count++;
  }
  return count === 0 ? null : sum / count;
}

export function observe(batch: Batch, { inputRms, pairs }: Reference): LayerObservation {
  const { units, inputs } = batch;
  const squares = squaresOf(batch);
  const lengths = lengthsOf(batch, squares);
  const inverse = lengths.map((length) => (length === 0 ? 0 : 1 / length));
  const observation = {
    q: squares.reduce((sum, each) => sum + each, 0) / (units * inputs),
    gap: meanPairGap(batch, inverse),
    deadFraction: countDead(batch) / (units * inputs),
    normRatio: normRatio(rmsFrom(lengths, units), inputRms),
  };
  if (pairs === 0) return observation;
  return {
    ...observation,
    pairGaps: Array.from({ length: pairs }, (_, p) => pairGap(batch, inverse, 2 * p)),
  };
}
