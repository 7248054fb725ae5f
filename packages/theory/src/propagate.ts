/** A pair of signals in one deep layer, without the layers on the way. */

import type { MeanFieldMap, SignalPair } from '@meanfield/core';

import { requireDepth, requireStart } from './trajectory.js';

/**
 * The pair `depth` layers on: the last entry of `trajectory`, up to rounding, at a fraction of its cost where the map
 * can take many layers at once.
 *
 * @param start mean squares of the first layer's pre-activations, and 1 − c; taken as Gaussian
 * @throws MeanfieldError INVALID_ARGUMENT for a start that is not such a pair, or a depth that is not a whole
 * number from 0 to 10⁷
 */
export function propagate(map: MeanFieldMap, start: SignalPair, depth: number): SignalPair {
  requireStart(start);
  requireDepth(depth);
  let state = map.start(start);
  if (map.advance !== undefined) return map.observe(map.advance(state, depth));
  for (let layer = 0; layer < depth; layer++) state = map.step(state);
  return map.observe(state);
}
