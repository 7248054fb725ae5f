/** A pair of signals followed through the layers. */

import { MeanfieldError, show, type MeanFieldMap, type SignalPair } from '@meanfield/core';

const MAX_DEPTH = 10_000_000;

function invalid(expected: string, found: unknown, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found: show(found), remedy });
}

function checkStart({ q1, q2, gap }: SignalPair): void {
  for (const q of [q1, q2]) {
    if (!(q >= 0 && Number.isFinite(q))) {
      throw invalid('a finite length q of at least 0', q, 'pass a mean square of pre-activations');
    }
  }
  if (!(gap >= 0 && gap <= 2)) throw invalid('gap = 1 − c in [0, 2]', gap, 'pass one less the correlation');
}

/**
 * Lengths and gap of the pre-activations in layers 0 … depth: depth + 1 entries, entry 0 the start itself.
 *
 * @param start mean squares of the first layer's pre-activations, and 1 − c; taken as Gaussian
 * @throws MeanfieldError INVALID_ARGUMENT for a start that is not such a pair, or a depth that is not a whole
 * number from 0 to 10⁷
 */
export function trajectory(map: MeanFieldMap, start: SignalPair, depth: number): readonly SignalPair[] {
  checkStart(start);
  if (!(Number.isInteger(depth) && depth >= 0 && depth <= MAX_DEPTH)) {
    throw invalid(`a depth that is a whole number from 0 to ${MAX_DEPTH}`, depth, 'choose such a depth');
  }
  const layers: SignalPair[] = [];
  let state = map.start(start);
  for (let layer = 0; layer <= depth; layer++) {
    if (layer > 0) state = map.step(state);
    layers.push(map.observe(state));
  }
  return layers;
}
