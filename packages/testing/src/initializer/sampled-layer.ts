/** Layers as tests draw them, and per-neuron statistics: independent values, one a neuron. */

import type { DenseLayer, Initializer } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

export interface SampleRequest {
  readonly fanIn: number;
  readonly fanOut: number;
  readonly seed: number;
  readonly path: string;
  readonly precision?: 'float32' | 'float64';
}

/** A sampled layer. Its arrays held NaN before, so that an entry left out shows. */
export function sampleLayer(initializer: Initializer, request: SampleRequest): DenseLayer {
  const { fanIn, fanOut, seed, path, precision = 'float64' } = request;
  const FloatArray = precision === 'float32' ? Float32Array : Float64Array;
  const layer: DenseLayer = {
    fanIn,
    fanOut,
    weights: new FloatArray(fanIn * fanOut).fill(NaN),
    bias: new FloatArray(fanOut).fill(NaN),
  };
  initializer.sample(layer, createStream(seed, path));
  return layer;
}

/** Weights and biases in one list. */
export const allEntries = ({ weights, bias }: DenseLayer): number[] => [...weights, ...bias];

/** Sums over each neuron's entries e, [fanOut]. */
export interface NeuronSums {
  readonly first: Float64Array;
  /** Σ e² */
  readonly squares: Float64Array;
  /** Σ e⁴ */
  readonly fourths: Float64Array;
}

/** The bias is an entry where `biasIsEntry`. */
export function neuronSums({ fanIn, fanOut, weights, bias }: DenseLayer, biasIsEntry: boolean): NeuronSums {
  const first = new Float64Array(fanOut);
  const squares = new Float64Array(fanOut);
  const fourths = new Float64Array(fanOut);
  const rows = Array.from({ length: fanIn }, (_, row) => weights.subarray(row * fanOut, (row + 1) * fanOut));
  for (const entries of biasIsEntry ? [...rows, bias] : rows) {
    for (let neuron = 0; neuron < fanOut; neuron++) {
      const entry = entries[neuron]!;
      const square = entry * entry;
      first[neuron]! += entry;
      squares[neuron]! += square;
      fourths[neuron]! += square * square;
    }
  }
  return { first, squares, fourths };
}

/** Weights from input `row` to every neuron. */
export const incoming = ({ fanOut, weights }: DenseLayer, row: number): Float64Array =>
  Float64Array.from(weights.subarray(row * fanOut, (row + 1) * fanOut));
