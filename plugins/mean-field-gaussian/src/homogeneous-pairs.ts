/** Many pairs of signals under a homogeneous activation and independent rows, without a map for each. */

import type { AdvancePairs, MeanFieldMap } from '@meanfield/core';

import type { GaussianMapParts, GaussianState, Rows } from './gaussian-map.js';

/** @param map what takes pairs beyond gap = 1 to layers in which `equalLengths` can go on */
export function homogeneousPairs(
  { equalLengths }: GaussianMapParts,
  map: (rows: Rows) => MeanFieldMap<GaussianState>,
): AdvancePairs {
  return ({ weightVariances, biasVariances, lengths, gaps }, layers) => {
    for (let i = 0; i < gaps.length; i++) {
      const rows = { weightVariance: weightVariances[i]!, biasVariance: biasVariances[i]!, kappa: 0 };
      const progress = { q: lengths[i]!, s: Math.sqrt(gaps[i]! / 2), left: layers };
      if (equalLengths?.(rows, progress) === true) {
        lengths[i] = progress.q;
        gaps[i] = 2 * progress.s * progress.s;
      }
      if (progress.left === 0) continue;
      const start = { q1: lengths[i]!, q2: lengths[i]!, gap: gaps[i]! };
      const end = map(rows).advance?.(start, progress.left) ?? start;
      lengths[i] = end.q1;
      gaps[i] = end.gap;
    }
  };
}
