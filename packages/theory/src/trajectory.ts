/** A pair of signals followed through the layers. */

import { MeanfieldError, show, type MeanFieldMap, type SignalPair } from '@meanfield/core';

const MAX_DEPTH = 10_000_000;

function invalid(expected: string, found: unknown, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found: show(found), remedy });
}

/**
 * @param what how the sentence of the error names it
 * @throws MeanfieldError INVALID_ARGUMENT unless it is a mean square
 */
export function requireLength(q: number, what: string): void {
  if (q >= 0 && Number.isFinite(q)) return;
  throw invalid(`a finite ${what} of at least 0`, q, 'pass a mean square');
}

/** @throws MeanfieldError INVALID_ARGUMENT unless it is in [0, 2] */
export function requireGap(gap: number): void {
  if (!(gap >= 0 && gap <= 2)) throw invalid('gap = 1 − c in [0, 2]', gap, 'pass one less the correlation');
}

/** @throws MeanfieldError INVALID_ARGUMENT unless it is a whole number from 0 to 10⁷ */
export function requireDepth(depth: number): void {
  if (Number.isInteger(depth) && depth >= 0 && depth <= MAX_DEPTH) return;
  throw invalid(`a depth that is a whole number from 0 to ${MAX_DEPTH}`, depth, 'choose such a depth');
}

/** @throws MeanfieldError INVALID_ARGUMENT unless lengths are finite and at least 0 and the gap is in [0, 2] */
export function requireStart({ q1, q2, gap }: SignalPair): void {
  for (const q of [q1, q2]) requireLength(q, 'length q of pre-activations');
  requireGap(gap);
}

const equal = (a: SignalPair, b: SignalPair): boolean => a.q1 === b.q1 && a.q2 === b.q2 && a.gap === b.gap;

/** Whether the last layer equals the one two before it: a fixed point, or its last bit going to and fro. */
function repeats(layers: readonly SignalPair[]): boolean {
  const last = layers.at(-1);
  const before = layers.at(-3);
  return last !== undefined && before !== undefined && equal(last, before);
}

/** The last two layers again and again, up to `depth`: where moments are the state, they come back exactly. */
function continued(layers: readonly SignalPair[], depth: number): readonly SignalPair[] {
  const last = layers.length - 1;
  const pair = layers.slice(-2);
  return [...layers, ...Array.from({ length: depth - last }, (_, i) => pair[i % 2]!)];
}

/**
 * Lengths and gap of the pre-activations in layers 0 … depth: depth + 1 entries, entry 0 the start itself.
 *
 * @param start mean squares of the first layer's pre-activations, and 1 − c; taken as Gaussian
 * @throws MeanfieldError INVALID_ARGUMENT for a start that is not such a pair, or a depth that is not a whole
 * number from 0 to 10⁷
 */
export function trajectory(map: MeanFieldMap, start: SignalPair, depth: number): readonly SignalPair[] {
  requireStart(start);
  requireDepth(depth);
  const layers: SignalPair[] = [];
  let state = map.start(start);
  for (let layer = 0; layer <= depth; layer++) {
    if (layer > 0) state = map.step(state);
    layers.push(map.observe(state));
    if (map.stateKind === 'moments' && repeats(layers)) return continued(layers, depth);
  }
  return layers;
}
