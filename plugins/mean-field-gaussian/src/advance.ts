/** Many layers at once: two signals of equal length go by what is quickest for their map, others step by step. */

import type { GaussianState } from './gaussian-map.js';

/** Signals of equal length: q, s = √(gap/2) = sin(θ/2) with c = cos θ, and the layers that are left */
export interface Progress {
  q: number;
  s: number;
  left: number;
}

/** Takes some of the layers that are left; false where it cannot take the next one. */
export type EqualLengths = (progress: Progress) => boolean;

export function advance(
  step: (state: GaussianState) => GaussianState,
  equalLengths: EqualLengths | undefined,
  start: GaussianState,
  layers: number,
): GaussianState {
  let state = start;
  for (let left = layers; left > 0;) {
    if (equalLengths !== undefined && state.q1 === state.q2) {
      const progress = { q: state.q1, s: Math.sqrt(state.gap / 2), left };
      while (progress.left > 0 && equalLengths(progress));
      if (progress.left < left) {
        const { q, s } = progress;
        state = { q1: q, q2: q, gap: 2 * s * s };
        left = progress.left;
        continue;
      }
    }
    const next = step(state);
    if (next.q1 === state.q1 && next.q2 === state.q2 && next.gap === state.gap) return next;
    state = next;
    left--;
  }
  return state;
}
