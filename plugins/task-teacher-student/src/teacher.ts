/**
 * A teacher: a dense network with fixed random weights, h^l = W^lᵀ s^{l−1} + b^l, s^l = φ(h^l), evaluated in
 * float64 on float32 inputs. `singh2021` §2.3.
 *
 * Every row of inputs is worked out by itself in a fixed order of operations, so targets do not depend on how
 * many rows are done at once.
 */

import type { Activation, DenseLayer, Initializer, RandomStream } from '@meanfield/core';
import { multiply } from '@meanfield/numerics';

export interface Teacher {
  readonly activation: Activation;
  /** Whether φ is applied to the output layer too */
  readonly activateOutput: boolean;
  readonly layers: readonly Float64DenseLayer[];
}

interface Float64DenseLayer extends DenseLayer {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

export interface TeacherSpec {
  /** Units of the input, of each hidden layer, of the output */
  readonly sizes: readonly number[];
  readonly activation: Activation;
  readonly initializer: Initializer;
  readonly activateOutput: boolean;
}

/** Layer l draws from `stream`'s child `layer/l`, l from 1. */
export function drawTeacher(spec: TeacherSpec, stream: RandomStream): Teacher {
  const { sizes, activation, initializer, activateOutput } = spec;
  const layers = sizes.slice(1).map((fanOut, index) => {
    const fanIn = sizes[index]!;
    const layer = {
      fanIn,
      fanOut,
      weights: new Float64Array(fanIn * fanOut),
      bias: new Float64Array(fanOut),
    };
    initializer.sample(layer, stream.child('layer').child(index + 1));
    return layer;
  });
  return { activation, activateOutput, layers };
}

/**
 * Writes the teacher's outputs for rows [start, end) into the same rows of `targets`.
 *
 * @param inputs row-major [count, units of the input]
 * @param targets row-major [count, units of the output]
 */
export function teach(
  { layers, activation, activateOutput }: Teacher,
  inputs: Float32Array,
  targets: Float32Array,
  start: number,
  end: number,
): void {
  const rows = end - start;
  const inputSize = layers[0]!.fanIn;
  let signal = new Float64Array(inputs.subarray(start * inputSize, end * inputSize));
  layers.forEach(({ fanIn, fanOut, weights, bias }, index) => {
    const next = new Float64Array(rows * fanOut);
    multiply(signal, weights, next, rows, fanIn, fanOut);
    addBias(next, bias);
    if (activateOutput || index < layers.length - 1) activate(next, activation);
    signal = next;
  });
  targets.set(signal, start * layers.at(-1)!.fanOut);
}

function addBias(values: Float64Array, bias: Float64Array): void {
  for (let start = 0; start < values.length; start += bias.length)
    for (let unit = 0; unit < bias.length; unit++) values[start + unit]! += bias[unit]!;
}

function activate(values: Float64Array, activation: Activation): void {
  for (let at = 0; at < values.length; at++) values[at] = activation.phi(values[at]!);
}
