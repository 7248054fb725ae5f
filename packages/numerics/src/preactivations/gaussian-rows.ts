/**
 * Pre-activations of a layer with Gaussian rows, without its weights: exact at every width.
 *
 * Rows of Wᵀ are N(0, A), A = (σ_w²/N)(I − κJ/N) (`singh2021` §3.1), biases N(0, σ_b²). For signals S, N × M, each unit's M
 * pre-activations are N(0, Σ), independent of the other units', with
 *
 *   Σ = SᵀAS + σ_b² 11ᵀ = XᵀX,   X = (σ_w/√N)(S − c 1 s̄ᵀ) and below it the row σ_b 1ᵀ,
 *
 * s̄ the mean over units and c = 1 − 1/√(1+k), since (I − cJ/N)² = I − κJ/N. So h = Fᵀζ with XᵀX = FᵀF, ζ of M standard
 * normals: O(N M²) instead of O(N² M), and nothing is approximated. Normals come from the child `units` of the stream, M a unit,
 * so that two σ_w² at one stream share them.
 */

import { MeanfieldError, type LayerBatch, type RandomStream } from '@meanfield/core';

import { requireVariance } from '../arguments/index.js';
import { shrinkageOf } from '../weights/exchangeable-rows.js';
import { batchRoot, type BatchRoot } from './batch-root.js';
import { multiplyByRoot, unitsTogether } from './blocks.js';
import { requireLayerBatch } from './layer-batch.js';
import { shiftToScaled } from './shifted-batch.js';

export interface GaussianLaw {
  /** σ_w², already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
  /** k > −1; k > 0 is anti-correlated */
  readonly correlationStrength: number;
}

/**
 * Overwrites `batch.preActivations`, and `batch.signals` on the way.
 *
 * @param rowScales a factor for each unit's weights, not its bias, [fanOut]: rows of a multivariate t law are Gaussian rows times
 * √(ν/χ²_ν)
 * @throws MeanfieldError INVALID_ARGUMENT for sizes, lengths, variances or k out of range, and signals that are not finite
 */
export function sampleGaussianPreActivations(
  batch: LayerBatch,
  law: GaussianLaw,
  stream: RandomStream,
  rowScales?: Float64Array,
): void {
  requireLayerBatch(batch);
  requireScales(rowScales, batch.fanOut);
  const { signals, fanIn, inputs } = batch;
  const bias = Math.sqrt(requireVariance(law.biasVariance, 'σ_b²'));
  const shift = shrinkageOf(law.correlationStrength);
  const deviation = Math.sqrt(requireVariance(law.weightVariance, 'σ_w²') / fanIn);
  const biasRow = rowScales === undefined && bias > 0 ? { extra: new Float64Array(inputs).fill(bias) } : {};
  // Signals that enter as they are need no pass of their own: their root is scaled instead.
  const asTheyAre = shift === 0 && !('extra' in biasRow);
  shiftToScaled(signals, { units: fanIn, inputs, shift, factor: asTheyAre ? 1 : deviation });
  const root = batchRoot({ values: signals, rows: fanIn, columns: inputs, ...biasRow });
  if (asTheyAre) for (let at = 0; at < root.factor.length; at++) root.factor[at]! *= deviation;
  fillUnits(batch, root, stream.child('units'));
  if (rowScales !== undefined) scaleAndAddBias(batch, rowScales, bias, stream.child('bias'));
}

/** preActivations = Z F, Z standard normal. */
function fillUnits(
  { fanOut, inputs, preActivations }: LayerBatch,
  root: BatchRoot,
  stream: RandomStream,
): void {
  const together = unitsTogether(inputs);
  const normals = new Float64Array(Math.min(fanOut, together) * inputs);
  for (let first = 0; first < fanOut; first += together) {
    const count = Math.min(together, fanOut - first);
    stream.fillNormal(normals, 1, 0, count * inputs);
    multiplyByRoot(
      normals,
      root,
      preActivations.subarray(first * inputs, (first + count) * inputs),
      count,
      inputs,
    );
  }
}

function scaleAndAddBias(
  { fanOut, inputs, preActivations }: LayerBatch,
  scales: Float64Array,
  deviation: number,
  stream: RandomStream,
): void {
  const biases = new Float64Array(fanOut);
  stream.fillNormal(biases, deviation);
  for (let unit = 0; unit < fanOut; unit++) {
    const [scale, bias] = [scales[unit]!, biases[unit]!];
    for (let i = unit * inputs; i < (unit + 1) * inputs; i++)
      preActivations[i] = scale * preActivations[i]! + bias;
  }
}

function requireScales(scales: Float64Array | undefined, fanOut: number): void {
  if (scales === undefined || scales.length === fanOut) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${fanOut} scales, one for each unit`,
    found: String(scales.length),
    remedy: 'pass one for each unit that the layer has',
  });
}
