/** What each layer hands on, followed through the layers: mean squares, means and dead neurons. */

import type { ActivityMoments, MeanFieldMap } from '@meanfield/core';

import { equalLengths } from './probes.js';
import { requireDepth, requireLength } from './trajectory.js';

/**
 * E φ(h)², E φ(h) and P(h ≤ 0) in layers 0 … depth: depth + 1 entries.
 *
 * @param q mean square of layer 0's pre-activations, as entry 0 of a trajectory; taken as Gaussian
 * @throws MeanfieldError INVALID_ARGUMENT unless q ≥ 0 is finite and the depth a whole number from 0 to 10⁷
 */
export function activities(map: MeanFieldMap, q: number, depth: number): readonly ActivityMoments[] {
  requireLength(q, 'length q');
  requireDepth(depth);
  let state = map.start(equalLengths(q, 0));
  const found = [map.activity(state)];
  while (found.length <= depth) {
    state = map.step(state);
    found.push(map.activity(state));
  }
  return found;
}
