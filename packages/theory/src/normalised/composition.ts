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

/** (P_L∘…∘P_1)'(1), which may leave float64, and its logarithm, which does not. */
export function slopeAtOne(layers: readonly NormalisedLayer[]): {
  readonly slope: number;
  readonly log: number;
} {
  let slope = 1;
  let log = 0;
  for (const { map } of layers) {
    slope *= map.slopeAtOne;
    log += Math.log(map.slopeAtOne);
  }
  return { slope, log };
}
