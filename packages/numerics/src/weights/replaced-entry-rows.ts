/**
 * The rows of RAI and RAAI: the bias is one more weight, and one entry is positive.
 *
 * Each neuron's N+1 entries (N weights, then the bias) are N(0, (σ_w²/N)(I − κJ/(N+1))); then one of them,
 * chosen uniformly, the bias included, is replaced by u ~ Beta(a, b). `singh2021` §3.3 and appendix A,
 * `lu2020`; RAI is k = 0. (With `biasEntry` false there are N entries, J/N, and biases are 0.) Exact, O(fanIn·fanOut), as in exchangeable-rows.ts.
 */

import type { DenseLayer, RandomStream, ReplacedEntryRows } from '@meanfield/core';

import { requireDenseLayer } from './dense-layer.js';
import { fillAndSum, shiftNeurons, shrinkageOf } from './exchangeable-rows.js';

/** Overwrites the bias with N(0, v) and returns the sum over all N+1 entries of each neuron. */
function fillBias(
  bias: DenseLayer['bias'],
  deviation: number,
  sums: Float64Array,
  stream: RandomStream,
): void {
  stream.fillNormal(bias, deviation);
  for (let neuron = 0; neuron < bias.length; neuron++) sums[neuron]! += bias[neuron]!;
}

/**
 * Overwrites `layer.weights` and `layer.bias`. Draws from the children `weights`, `bias` and `replaced` of
 * `stream`, so that RAI and RAAI of one stream differ only as their laws do.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when a size, a length, the variance, k or the beta law is out of range
 */
export function sampleReplacedEntryRows(
  layer: DenseLayer,
  { weightVariance, correlationStrength, replacement, biasEntry = true }: ReplacedEntryRows,
  stream: RandomStream,
): void {
  requireDenseLayer(layer);
  const { fanIn, fanOut, weights, bias } = layer;
  const entries = fanIn + (biasEntry ? 1 : 0);
  const shrinkage = shrinkageOf(correlationStrength);
  const deviation = Math.sqrt(weightVariance / fanIn);
  const biasDeviation = biasEntry ? deviation : 0;
  if (shrinkage === 0) {
    stream.child('weights').fillNormal(weights, deviation);
    stream.child('bias').fillNormal(bias, biasDeviation);
  } else {
    const sums = fillAndSum(layer, deviation, stream.child('weights'));
    fillBias(bias, biasDeviation, sums, stream.child('bias'));
    const shifts = sums.map((sum) => (shrinkage * sum) / entries);
    shiftNeurons(layer, shifts);
    if (biasEntry) for (let neuron = 0; neuron < fanOut; neuron++) bias[neuron]! -= shifts[neuron]!;
  }
  const replaced = stream.child('replaced');
  for (let neuron = 0; neuron < fanOut; neuron++) {
    const entry = replaced.integer(entries);
    const value = replaced.beta(replacement.a, replacement.b);
    if (entry === fanIn) bias[neuron] = value;
    else weights[entry * fanOut + neuron] = value;
  }
}
