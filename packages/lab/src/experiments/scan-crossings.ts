/**
 * The boundaries that a scan of simulations shows by itself, each with its standard error.
 *
 * Lengths: where q at full depth equals q half as deep. Without biases (and where those of order 1/N do not matter) that
 * is the boundary of bounded lengths; with σ_b² > 0 it is the apparent crossing below it (`singh2021` fig. 2.2).
 * Correlations: where the mean square of the difference of two close signals does the same. It is multiplied by χ₁ (μ for
 * replaced entries) in every layer, whatever biases do to the lengths, as long as the difference is small. With root mean
 * squares r₁ and r₂, half of it is r₁r₂(1 − c) + (r₁ − r₂)²/2; the second term, the part along the signal, is O(1/N) of the
 * whole.
 *
 * Both move with the width, by O(1/N). Measured for ACI at N = 512 (layers 16 and 32, 20 seeds of 20 networks): lengths
 * 0.010 ± 0.004 and correlations 0.016 ± 0.003 above σ_w² of infinite width; the spread over seeds was 1.1 times the
 * jackknife's error.
 */

import type { JsonObject } from '@meanfield/core';
import type { LayerObservation, NetworkObservation } from '@meanfield/simulation';

import { crossingOf } from './crossing.js';
import type { ScanOptions } from './scan-options.js';

/** By σ_w²: the observations of all networks, in the order of networks. */
export type ScanObservations = readonly (readonly NetworkObservation[])[];

type Quantity = (layer: LayerObservation) => number;

/**
 * ½ E(h₁ − h₂)² of a batch of two inputs of the same mean square, from q = (r₁² + r₂²)/2 and the norm ratio, which times the
 * inputs' root mean square is (r₁ + r₂)/2. 0, of which there is no ratio, where a signal died.
 */
const differenceOf =
  (inputMeanSquare: number): Quantity =>
  ({ q, gap, normRatio }) => {
    const squaredMean = (normRatio ?? 0) ** 2 * inputMeanSquare;
    return (2 * squaredMean - q) * (gap ?? 0) + 2 * Math.max(0, q - squaredMean);
  };

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

/** `difference` is null unless the inputs are one pair with a chosen gap. */
export function scanCrossings(
  { weightVariance, depth, inputs }: ScanOptions,
  observations: ScanObservations,
): JsonObject {
  const between = (quantity: Quantity): JsonObject =>
    crossingBetween(weightVariance, observations, depth, quantity);
  const closePair = 'pairGaps' in inputs && inputs.pairGaps.length === 1;
  return {
    length: between(({ q }) => q),
    difference: closePair ? between(differenceOf(inputs.meanSquare)) : null,
  };
}
