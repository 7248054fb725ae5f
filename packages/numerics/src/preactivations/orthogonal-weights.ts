/**
 * Pre-activations of a layer with orthogonal weights, without its weights: exact at every width.
 *
 * For signals S = Q F, N × M of rank r, with QᵀQ = I: an orthogonal matrix takes Q to a Haar-distributed frame of r vectors,
 * whatever Q is. So Wᵀ S is the scaled first rows of such a frame, times F (scale and shapes in
 * weights/orthogonal-weights.ts): O(N M²), and only r ≤ M vectors are drawn. The frame comes from the child `frame` of the
 * stream, so that two σ_w² at one stream share it; biases N(0, σ_b²) from `bias`.
 */

import type { LayerBatch, RandomStream } from '@meanfield/core';

import { requireVariance } from '../arguments/index.js';
import { haarFrame } from '../linear/haar-frame.js';
import { packBlockRows, packColumns, packedProduct } from '../linear/packed-product.js';
import { orthogonalScale } from '../weights/orthogonal-weights.js';
import { batchRoot } from './batch-root.js';
import { requireLayerBatch } from './layer-batch.js';

export interface OrthogonalLaw {
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
}

/**
 * Overwrites `batch.preActivations`.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for sizes, lengths or variances out of range, and signals that are not finite
 */
export function sampleOrthogonalPreActivations(
  batch: LayerBatch,
  { weightVariance, biasVariance }: OrthogonalLaw,
  stream: RandomStream,
): void {
  requireLayerBatch(batch);
  const { fanIn, fanOut, inputs, signals, preActivations } = batch;
  const scale = orthogonalScale(requireVariance(weightVariance, 'σ_w²'), fanIn, fanOut);
  const bias = Math.sqrt(requireVariance(biasVariance, 'σ_b²'));
  const root = batchRoot({ values: signals, rows: fanIn, columns: inputs });
  const rank = Math.min(root.rank, fanIn);
  if (rank === 0) preActivations.fill(0);
  else {
    const frame = haarFrame(Math.max(fanIn, fanOut), rank, stream.child('frame'));
    const left = packBlockRows(frame, fanOut, { offset: 0, stride: rank, factor: scale });
    packedProduct(left, packColumns(root.factor, inputs), preActivations, {
      rows: fanOut,
      terms: rank,
      columns: inputs,
      triangularRight: root.triangular,
    });
  }
  if (bias > 0) addBiases(batch, bias, stream.child('bias'));
}

function addBiases(
  { fanOut, inputs, preActivations }: LayerBatch,
  deviation: number,
  stream: RandomStream,
): void {
  const biases = new Float64Array(fanOut);
  stream.fillNormal(biases, deviation);
  for (let unit = 0, at = 0; unit < fanOut; unit++) {
    for (let i = 0; i < inputs; i++) preActivations[at++]! += biases[unit]!;
  }
}
