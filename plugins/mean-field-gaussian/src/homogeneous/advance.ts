/** Many layers of one pair of signals under a homogeneous activation */

import type { Progress } from '../advance.js';
import type { Rows } from '../gaussian-map.js';
import { plainBlock } from './block-plain.js';
import type { PairBlock } from './block.js';
import { END, type UnitRatio } from './unit-ratio.js';

/** @returns what takes a pair through all layers that are left; false beyond gap = 1 */
export function homogeneousAdvance(
  ratio: () => UnitRatio,
  growth: number,
): (rows: Rows, progress: Progress) => boolean {
  let block: PairBlock | undefined;
  return ({ weightVariance, biasVariance }, progress) => {
    if (progress.s > END) return false;
    block ??= plainBlock(ratio(), growth);
    block.weights[0] = weightVariance;
    block.biases[0] = biasVariance;
    block.lengths[0] = progress.q;
    block.sines[0] = progress.s;
    block.factors[0] = 0;
    block.advance(1, progress.left);
    progress.q = block.lengths[0];
    progress.s = block.sines[0];
    progress.left = 0;
    return true;
  };
}
