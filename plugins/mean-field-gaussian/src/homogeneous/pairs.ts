/** Many pairs of signals under a homogeneous activation and independent rows, without a map for each. */

import type { AdvancePairs, MeanFieldMap, SignalPairs } from '@meanfield/core';

import type { GaussianState, Rows } from '../gaussian-map.js';
import { plainBlock } from './block-plain.js';
import { wasmBlock } from './block-wasm.js';
import { BLOCK, type PairBlock } from './block.js';
import type { UnitRatio } from './unit-ratio.js';

/**
 * Blocks of pairs up to gap = 1, in the faster way that this machine offers: both give the same bits.
 *
 * @param growth of E φ²
 * @param map what takes each other pair
 */
export function homogeneousPairs(
  ratio: () => UnitRatio,
  growth: number,
  map: (rows: Rows) => MeanFieldMap<GaussianState>,
): AdvancePairs {
  let own: PairBlock | undefined;
  return (pairs, layers) => {
    const block = (own ??= wasmBlock(ratio(), growth) ?? plainBlock(ratio(), growth));
    const members = new Int32Array(BLOCK);
    let count = 0;
    const flush = (): void => {
      block.advance(count, layers);
      for (let k = 0; k < count; k++) {
        pairs.lengths[members[k]!] = block.lengths[k]!;
        pairs.gaps[members[k]!] = 2 * block.sines[k]! * block.sines[k]!;
      }
      count = 0;
    };
    for (let i = 0; i < pairs.gaps.length; i++) {
      if (pairs.gaps[i]! > 1) {
        advanceAlone(map, pairs, i, layers);
        continue;
      }
      enter(block, count, pairs, i);
      members[count++] = i;
      if (count === BLOCK) flush();
    }
    flush();
  };
}

function enter(block: PairBlock, slot: number, pairs: SignalPairs, i: number): void {
  block.weights[slot] = pairs.weightVariances[i]!;
  block.biases[slot] = pairs.biasVariances[i]!;
  block.lengths[slot] = pairs.lengths[i]!;
  block.sines[slot] = Math.sqrt(pairs.gaps[i]! / 2);
  block.factors[slot] = 0;
}

function advanceAlone(
  map: (rows: Rows) => MeanFieldMap<GaussianState>,
  { weightVariances, biasVariances, lengths, gaps }: SignalPairs,
  i: number,
  layers: number,
): void {
  const rows = { weightVariance: weightVariances[i]!, biasVariance: biasVariances[i]!, kappa: 0 };
  const start = { q1: lengths[i]!, q2: lengths[i]!, gap: gaps[i]! };
  const end = map(rows).advance?.(start, layers) ?? start;
  lengths[i] = end.q1;
  gaps[i] = end.gap;
}
