/** Forward propagation through networks whose weights are formed, one network and one layer at a time. */

import { MeanfieldError, show } from '@meanfield/core';
import { multiply } from '@meanfield/numerics';

import { fillInputs } from './inputs.js';
import { observe, type LayerObservation } from './observation.js';
import { requireRequest, type SimulationRequest } from './request.js';

export interface NetworkObservation {
  /** Index of the network, from 0 */
  readonly network: number;
  /** Entry 0 is layer 1's pre-activations */
  readonly layers: readonly LayerObservation[];
}

/** Arrays used again for every network and layer. */
interface Buffers {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
  /** Activations, [M, max(inputSize, width)] */
  readonly signals: Float64Array;
  /** Pre-activations, [M, width] */
  readonly outputs: Float64Array;
}

function allocate({ width, inputSize = width, inputs: { count } }: SimulationRequest): Buffers {
  const largest = Math.max(width, inputSize);
  return {
    weights: new Float64Array(largest * width),
    bias: new Float64Array(width),
    signals: new Float64Array(count * largest),
    outputs: new Float64Array(count * width),
  };
}

/** outputs = signals · W + b */
function applyLayer(
  { width, inputs: { count } }: SimulationRequest,
  { bias, signals, outputs }: Buffers,
  weights: Float64Array,
): void {
  multiply(signals, weights, outputs, count, weights.length / width, width);
  for (let row = 0; row < count; row++) {
    for (let unit = 0; unit < width; unit++) outputs[row * width + unit]! += bias[unit]!;
  }
}

function requireFinite({ q }: LayerObservation, network: number, layer: number): void {
  if (Number.isFinite(q)) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'signals whose squares float64 can hold',
    found: `q = ${show(q)} at layer ${layer} of network ${network}`,
    remedy: 'choose a smaller σ_w², inputs or depth',
  });
}

/** One network: draws it, propagates its inputs, observes every layer. */
function observeNetwork(
  request: SimulationRequest,
  buffers: Buffers,
  network: number,
  onLayer: () => void,
): NetworkObservation {
  const { activation, initializer, width, inputSize = width, depth, inputs } = request;
  const { weights, bias, signals, outputs } = buffers;
  const stream = request.stream.child('network').child(network);
  fillInputs(signals, inputSize, inputs, stream.child('inputs'));
  const layers: LayerObservation[] = [];
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = layer === 1 ? inputSize : width;
    const matrix = weights.subarray(0, fanIn * width);
    initializer.sample({ fanIn, fanOut: width, weights: matrix, bias }, stream.child('layer').child(layer));
    applyLayer(request, buffers, matrix);
    // The activations are no longer needed: `observe` may overwrite them.
    const observation = observe({ values: outputs, count: inputs.count, width }, signals);
    requireFinite(observation, network, layer);
    layers.push(observation);
    for (let i = 0; i < outputs.length; i++) signals[i] = activation.phi(outputs[i]!);
    onLayer();
  }
  return { network, layers };
}

function requireRange({ networks }: SimulationRequest, from: number, to: number): void {
  if (Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to <= networks) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a range within the ${networks} networks of the request`,
    found: `${show(from)} to ${show(to)}`,
    remedy: 'pass integers 0 ≤ from ≤ to ≤ networks',
  });
}

/**
 * Observations of networks `from` to `to` − 1. What a network yields depends on the request and its index
 * alone, so any split over calls, workers or machines gives the same bits.
 *
 * Memory: one weight matrix and two batches, whatever the depth and the number of networks.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also when signals outgrow float64
 */
export function simulateNetworks(
  request: SimulationRequest,
  from = 0,
  to: number = request.networks,
): readonly NetworkObservation[] {
  requireRequest(request);
  requireRange(request, from, to);
  const buffers = allocate(request);
  const total = (to - from) * request.depth;
  let completed = 0;
  const onLayer = (): void => request.report?.({ label: 'simulate', completed: ++completed, total });
  return Array.from({ length: to - from }, (_, index) =>
    observeNetwork(request, buffers, from + index, onLayer),
  );
}
