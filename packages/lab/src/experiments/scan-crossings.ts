/**
 * The boundaries that a scan of simulations shows by itself, each with its standard error.
 *
 * Lengths: where q at full depth equals q half as deep. Without biases (and where those of order 1/N do not matter) that
 * is the boundary of bounded lengths; with σ_b² > 0 it is the apparent crossing below it (`singh2021` fig. 2.2).
 * Correlations: where q(1 − c) of close pairs, half the mean square of their difference, does the same. It is multiplied
 * by χ₁ (μ for replaced entries) in every layer, whatever biases do to the lengths, as long as 1 − c is small.
 */

import type { JsonObject } from '@meanfield/core';
import type { LayerObservation, NetworkObservation } from '@meanfield/simulation';

import { crossingOf } from './crossing.js';

/** By σ_w²: the observations of all networks, in the order of networks. */
export type ScanObservations = readonly (readonly NetworkObservation[])[];

type Quantity = (layer: LayerObservation) => number;

/** Mean over pairs, each relative to the gap that it starts with; 0, which no ratio takes, where a signal died. */
const differenceOf =
  (pairGaps: readonly number[]): Quantity =>
  ({ q, pairGaps: now = [] }) =>
    pairGaps.reduce((sum, start, pair) => sum + (q * (now[pair] ?? 0)) / start, 0) / pairGaps.length;

function crossingBetween(
  weightVariances: readonly number[],
  observations: ScanObservations,
  depth: number,
  quantity: Quantity,
): JsonObject {
  const half = Math.floor(depth / 2);
  const at = (layer: number): number[][] =>
    observations[0]!.map((_, network) =>
      observations.map((networks) => quantity(networks[network]!.layers[layer - 1]!)),
    );
  return { ...crossingOf(weightVariances, { early: at(half), late: at(depth) }), layers: [half, depth] };
}

/** @param pairGaps of the inputs; null where pairs were not chosen, and the second crossing is not to be had */
export function scanCrossings(
  weightVariances: readonly number[],
  observations: ScanObservations,
  depth: number,
  pairGaps: readonly number[] | null,
): JsonObject {
  const between = (quantity: Quantity): JsonObject =>
    crossingBetween(weightVariances, observations, depth, quantity);
  return {
    length: between(({ q }) => q),
    difference: pairGaps === null ? null : between(differenceOf(pairGaps)),
  };
}
