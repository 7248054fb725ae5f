/** Correlations through composed layers, P_L∘…∘P_1, in gaps 1 − ρ (`shrinkage2021` app. A.1). */

import { brent } from '@meanfield/numerics';

import type { NormalisedLayer } from './layers.js';

/** 1 − P_l∘…∘P_1(1 − gap) of layers 0 … L: entry 0 is the gap itself, in [0, 2]. */
export function composedGaps(layers: readonly NormalisedLayer[], gap: number): number[] {
  const gaps = [gap];
  let current = gap;
  for (const { map } of layers) gaps.push((current = map.nextGap(current)));
  return gaps;
}

/** The last entry of `composedGaps`. */
export function outputGap(layers: readonly NormalisedLayer[], gap: number): number {
  let current = gap;
  for (const { map } of layers) current = map.nextGap(current);
  return current;
}

/**
 * 1 less the smallest correlation at layers 0 … L of inputs whose gaps are up to `inputGap`. P takes an interval
 * [ρ, 1] to one that ends in 1 again, so the smallest correlations of one layer give those of the next.
 */
export function widestGaps(layers: readonly NormalisedLayer[], inputGap: number): number[] {
  const gaps = [inputGap];
  let current = inputGap;
  for (const layer of layers) gaps.push((current = widestGap(layer, current)));
  return gaps;
}

const PROBES = 64;

/** Largest 1 − P over gaps from 0 to `within`: at its end, unless P falls somewhere among negative correlations. */
export function widestGap({ map, rises }: NormalisedLayer, within: number): number {
  if (rises || within <= 1) return map.nextGap(within);
  const at = (i: number): number => 1 + ((within - 1) * i) / PROBES;
  let best = 0;
  for (let i = 1; i <= PROBES; i++) if (map.nextGap(at(i)) > map.nextGap(at(best))) best = i;
  const [low, high] = [at(Math.max(0, best - 1)), at(Math.min(PROBES, best + 1))];
  const turning = brent((gap) => map.slope(gap), low, high);
  const refined = turning.status === 'converged' ? map.nextGap(turning.root) : 0;
  return Math.max(refined, map.nextGap(at(best)));
}

/** Of (P_L∘…∘P_1)'(1) */
export interface SlopeAtOne {
  /** May leave float64, as Infinity or 0 */
  readonly slope: number;
  readonly log: number;
  /** Its root, which leaves float64 at twice as many layers */
  readonly root: number;
}

/** Below it numbers of float64 lose digits. */
const SMALLEST_NORMAL = 2 ** -1022;

export function slopeAtOne(layers: readonly NormalisedLayer[]): SlopeAtOne {
  let slope = 1;
  let log = 0;
  for (const { map } of layers) {
    slope *= map.slopeAtOne;
    log += Math.log(map.slopeAtOne);
  }
  const inRange = slope >= SMALLEST_NORMAL && slope < Infinity;
  return { slope, log, root: inRange ? Math.sqrt(slope) : Math.exp(log / 2) };
}
