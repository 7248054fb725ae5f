/**
 * Orthogonal weights, Haar-distributed. With n = max(fanIn, fanOut), Wᵀ is √(n/fanIn) σ_w times the first fanOut rows and fanIn
 * columns of a Haar-distributed orthogonal n × n matrix. So a weight has variance σ_w²/fanIn at every shape, as independent
 * weights have, and E |Wᵀs|²/fanOut = σ_w² |s|²/fanIn for signals s; where fanOut ≥ fanIn that holds for every draw.
 */

import type { RandomStream } from '@meanfield/core';

import { haarFrame } from '../linear/haar-frame.js';
import { requireDeviation } from '../random/require-deviation.js';
import { requireWeightMatrix, type WeightMatrix } from './dense-layer.js';

/** √(n/fanIn) σ_w, which orthonormal vectors are multiplied by */
export const orthogonalScale = (weightVariance: number, fanIn: number, fanOut: number): number =>
  Math.sqrt((weightVariance * Math.max(fanIn, fanOut)) / fanIn);

/**
 * Overwrites `layer.weights`, row-major [fanIn, fanOut].
 *
 * @param weightVariance σ_w², already multiplied by fan-in
 * @throws MeanfieldError INVALID_ARGUMENT when a size, a length or the variance is out of range
 */
export function sampleOrthogonalWeights(
  layer: WeightMatrix,
  weightVariance: number,
  stream: RandomStream,
): void {
  requireWeightMatrix(layer);
  const { fanIn, fanOut, weights } = layer;
  const scale = orthogonalScale(weightVariance, fanIn, fanOut);
  requireDeviation(weights, scale);
  const frame = haarFrame(Math.max(fanIn, fanOut), Math.min(fanIn, fanOut), stream);
  const [rowStep, columnStep] = fanOut <= fanIn ? [fanOut, 1] : [1, fanIn];
  for (let i = 0, at = 0; i < fanIn; i++) {
    for (let j = 0; j < fanOut; j++) weights[at++] = scale * frame[i * rowStep + j * columnStep]!;
  }
}
