/** Layers of a block of pairs in plain TypeScript */

import { BLOCK, type MakeBlock, type PairBlock } from './block.js';
import { END, TERMS, type UnitRatio } from './unit-ratio.js';

export const plainBlock: MakeBlock = (table, growth) => {
  const array = (): Float64Array => new Float64Array(BLOCK);
  const arrays = { weights: array(), biases: array(), lengths: array(), sines: array(), factors: array() };
  const block: PairBlock = {
    ...arrays,
    advance(count, layers) {
      for (let pair = 0; pair < count; pair++) advancePair(table, growth, block, pair, layers);
    },
  };
  return block;
};

function advancePair(
  { cells, coefficients }: UnitRatio,
  growth: number,
  { weights, biases, lengths, sines, factors }: PairBlock,
  pair: number,
  layers: number,
): void {
  const density = cells / END;
  const weight = weights[pair]!;
  const bias = biases[pair]!;
  let q = lengths[pair]!;
  let s = sines[pair]!;
  let settled = factors[pair]!;
  for (let layer = 0; layer < layers && settled >= 0; layer++) {
    let factor = settled;
    if (settled === 0) {
      const next = weight * growth * q + bias;
      factor = next > 0 && next < Infinity ? Math.sqrt(weight * Math.min(q / next, Number.MAX_VALUE)) : -1;
      if (next === q || factor < 0) settled = factor;
      q = next;
      if (factor < 0) break;
    }
    const y = s * density;
    const cell = Math.min(Math.trunc(y), cells - 1);
    const v = y - cell;
    const at = cell * TERMS;
    const square = v * v;
    const low = coefficients[at]! + v * coefficients[at + 1]!;
    const high = coefficients[at + 2]! + v * coefficients[at + 3]! + square * coefficients[at + 4]!;
    const carried = s * factor * (low + square * high);
    if (carried === s && settled !== 0) break;
    s = carried;
  }
  lengths[pair] = q;
  sines[pair] = s;
  factors[pair] = settled;
}
