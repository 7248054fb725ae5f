/**
 * Correlated Gaussian rows without a covariance matrix, in O(fanIn·fanOut).
 *
 * A neuron's n entries are N(0, v(I − κJ/n)), v = `entryVariance`, κ = k/(1+k), J all ones: `singh2021` §3.1
 * with v = σ_w²/N. Exact for k > −1: with g ~ N(0, v·I), w = g − c·mean(g)·1 has covariance
 * v(I − (2c − c²)J/n), and c = 1 − 1/√(1+k) makes 2c − c² = κ. (The thesis, appendix D, factors the n × n
 * covariance, O(n³).)
 */

import type { RandomStream } from '@meanfield/core';

import { requireWeightMatrix, type WeightMatrix } from './dense-layer.js';
import { kappaOf } from './kappa.js';
import { rowBlocks } from './row-blocks.js';

export interface ExchangeableRows {
  /** v, the variance that an entry would have without correlation: σ_w²/N */
  readonly entryVariance: number;
  /** k > −1; k > 0 is anti-correlated */
  readonly correlationStrength: number;
}

/** Entries drawn before they are summed, so that they are still in the cache. */
const TILE = 2 ** 15;

/** c: which share of its mean a row gives up. Negative for k < 0, where the mean is amplified. */
export function shrinkageOf(correlationStrength: number): number {
  kappaOf(correlationStrength); // the domain
  return 1 - 1 / Math.sqrt(1 + correlationStrength);
}

/** The matrix in blocks of whole rows, four or a multiple of it but at the end */
function* blocksOf({ fanIn, fanOut }: WeightMatrix): Generator<readonly [start: number, end: number]> {
  const rows = 4 * Math.max(1, Math.floor(TILE / (4 * fanOut)));
  for (let first = 0; first < fanIn; first += rows)
    yield [first * fanOut, Math.min(first + rows, fanIn) * fanOut];
}

/** Fills the matrix with independent N(0, v) and returns the sum over each neuron's entries, [fanOut]. */
export function fillAndSum(layer: WeightMatrix, deviation: number, stream: RandomStream): Float64Array {
  const sums = new Float64Array(layer.fanOut);
  for (const [start, end] of blocksOf(layer)) {
    stream.fillNormal(layer.weights, deviation, start, end);
    rowBlocks(end - start).add(layer.weights.subarray(start, end), sums);
  }
  return sums;
}

/** Subtracts shifts[j] from every entry of neuron j. */
export function shiftNeurons(layer: WeightMatrix, shifts: Float64Array): void {
  for (const [start, end] of blocksOf(layer))
    rowBlocks(end - start).subtract(layer.weights.subarray(start, end), shifts);
}

/**
 * Overwrites `layer.weights`, row-major [fanIn, fanOut], with independent neurons whose fanIn entries have
 * the covariance above. With k = 0 these are the stream's normals themselves.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when a size, a length, the variance or k is out of range
 */
export function sampleExchangeableRows(
  layer: WeightMatrix,
  { entryVariance, correlationStrength }: ExchangeableRows,
  stream: RandomStream,
): void {
  requireWeightMatrix(layer);
  const shrinkage = shrinkageOf(correlationStrength);
  const deviation = Math.sqrt(entryVariance);
  if (shrinkage === 0) {
    stream.fillNormal(layer.weights, deviation);
    return;
  }
  const sums = fillAndSum(layer, deviation, stream);
  shiftNeurons(
    layer,
    sums.map((sum) => (shrinkage * sum) / layer.fanIn),
  );
}
