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

import { GROUP, lengthsOf, momentsOf, type Batch } from './batch.js';

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
  return rmsFrom(lengthsOf(batch, momentsOf(batch).squares), batch.units);
}

function rmsFrom(lengths: Float64Array, units: number): Float64Array {
  return lengths.map((length) => length / Math.sqrt(units));
}

/** Without the inputs whose inverse length is 0. */
function withDirection({ values, units, inputs }: Batch, inverse: Float64Array): Batch {
  const kept = Int32Array.from(inverse.keys()).filter((input) => inverse[input]! > 0);
  const copy = new Float64Array(units * kept.length);
  for (let unit = 0, to = 0; unit < units; unit++) {
    for (const input of kept) copy[to++] = values[unit * inputs + input]!;
  }
  return { values: copy, units, inputs: kept.length };
}

/** Mean over pairs of ½|u_i − u_j|²; null with fewer than two inputs. */
function meanPairGap(batch: Batch, inverse: Float64Array): number | null {
  if (inverse.includes(0))
    return meanPairGap(
      withDirection(batch, inverse),
      inverse.filter((each) => each > 0),
    );
  const { values, units, inputs } = batch;
  if (inputs < 2) return null;
  const origin = inverse[0]!;
  const grouped = inputs - (inputs % GROUP);
  let sum = 0;
  for (let unit = 0, at = 0; unit < units; unit++) {
    const from = values[at]! * origin;
    let [total0, total1, squares0, squares1] = [0, 0, 0, 0];
    for (let input = 0; input < grouped; input += GROUP, at += GROUP) {
      const d0 = values[at]! * inverse[input]! - from;
      const d1 = values[at + 1]! * inverse[input + 1]! - from;
      const d2 = values[at + 2]! * inverse[input + 2]! - from;
      const d3 = values[at + 3]! * inverse[input + 3]! - from;
      total0 += d0 + d1;
      total1 += d2 + d3;
      squares0 += d0 * d0 + d1 * d1;
      squares1 += d2 * d2 + d3 * d3;
    }
    for (let input = grouped; input < inputs; input++, at++) {
      const d = values[at]! * inverse[input]! - from;
      total0 += d;
      squares0 += d * d;
    }
    const total = total0 + total1;
    sum += squares0 + squares1 - (total * total) / inputs;
  }
  return Math.max(0, sum) / (inputs - 1);
}

/** Units that stay in the first-level cache while every pair has its turn */
const BLOCK = 64;

/** ½|u_i − u_j|² of inputs 2p and 2p + 1 for the first `pairs` pairs. */
function chosenPairGaps(
  { values, units, inputs }: Batch,
  inverse: Float64Array,
  pairs: number,
): readonly (number | null)[] {
  const squares = new Float64Array(pairs);
  for (let first = 0; first < units; first += BLOCK) {
    const start = first * inputs;
    const end = Math.min(units, first + BLOCK) * inputs;
    for (let pair = 0; pair < pairs; pair++) {
      const [a, b] = [inverse[2 * pair]!, inverse[2 * pair + 1]!];
      let sum = 0;
      for (let at = start + 2 * pair; at < end; at += inputs) {
        const d = values[at]! * a - values[at + 1]! * b;
        sum += d * d;
      }
      squares[pair]! += sum;
    }
  }
  const lost = (pair: number): boolean => inverse[2 * pair] === 0 || inverse[2 * pair + 1] === 0;
  return Array.from(squares, (sum, pair) => (lost(pair) ? null : sum / 2));
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
  const { squares, dead } = momentsOf(batch);
  const lengths = lengthsOf(batch, squares);
  const inverse = lengths.map((length) => (length === 0 ? 0 : 1 / length));
  const observation = {
    q: squares.reduce((sum, each) => sum + each, 0) / (units * inputs),
    gap: meanPairGap(batch, inverse),
    deadFraction: dead / (units * inputs),
    normRatio: normRatio(rmsFrom(lengths, units), inputRms),
  };
  if (pairs === 0) return observation;
  return { ...observation, pairGaps: chosenPairGaps(batch, inverse, pairs) };
}
