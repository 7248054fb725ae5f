/** Small training problems with float32 parameters, for a backend and for the float64 reference alike. */

import type {
  Activation,
  EnsembleSpec,
  Examples,
  Loss,
  NetworkParameters,
  OptimizerSpec,
  RandomStream,
} from '@meanfield/core';
import type { ReferenceNetwork } from '@meanfield/networks';

/** Odd sizes, a wide layer and a single row of tile remainders: no kernel's favourite shapes. */
const SIZES: readonly number[] = [7, 33, 10, 5];
export const ROWS = 37;

function normals(count: number, deviation: number, stream: RandomStream): Float32Array {
  const values = new Float32Array(count);
  stream.fillNormal(values, deviation);
  return values;
}

/** Weights of variance 2/fanIn, biases of deviation 0.1. */
export function drawParameters(stream: RandomStream): NetworkParameters {
  return SIZES.slice(1).map((fanOut, layer) => {
    const fanIn = SIZES[layer]!;
    const named = stream.child('layer').child(layer);
    return {
      fanIn,
      fanOut,
      weights: normals(fanIn * fanOut, Math.sqrt(2 / fanIn), named.child('weights')),
      bias: normals(fanOut, 0.1, named.child('bias')),
    };
  });
}

export function drawExamples(loss: Loss, stream: RandomStream, count: number = ROWS): Examples {
  const inputs = normals(count * SIZES[0]!, 1, stream.child('inputs'));
  const outputs = SIZES.at(-1)!;
  if (loss === 'mse') {
    return {
      count,
      inputs,
      targets: { kind: 'values', values: normals(count * outputs, 1, stream.child('targets')) },
    };
  }
  const labelStream = stream.child('labels');
  const labels = Int32Array.from({ length: count }, () => labelStream.integer(outputs));
  return { count, inputs, targets: { kind: 'labels', labels } };
}

/** Rows of examples, in the order given, copied. */
export function takeRows({ inputs, count, targets }: Examples, rows: Uint32Array): Examples {
  const take = (from: Float32Array): Float32Array => {
    const width = from.length / count;
    const taken = new Float32Array(rows.length * width);
    rows.forEach((row, index) => taken.set(from.subarray(row * width, (row + 1) * width), index * width));
    return taken;
  };
  return {
    count: rows.length,
    inputs: take(inputs),
    targets:
      targets.kind === 'values'
        ? { kind: 'values', values: take(targets.values) }
        : { kind: 'labels', labels: Int32Array.from(rows, (row) => targets.labels[row]!) },
  };
}

export function ensembleSpec(
  activation: Activation,
  loss: Loss,
  optimizer: OptimizerSpec,
  initial: readonly NetworkParameters[],
  activateOutput = false,
): EnsembleSpec {
  return { network: { sizes: SIZES, activation, activateOutput }, loss, optimizer, initial };
}

/** The network that starts from the same float32 numbers. */
export function referenceOf({ network }: EnsembleSpec, initial: NetworkParameters): ReferenceNetwork {
  const { activation, activateOutput } = network;
  const layers = initial.map(({ fanIn, fanOut, weights, bias }) => ({
    fanIn,
    fanOut,
    weights: Float64Array.from(weights),
    bias: Float64Array.from(bias),
  }));
  return { layers, activation, activateOutput };
}

/** Numbers of parameters, W and b of each layer in turn, whatever their precision. */
export const numbersOf = (parameters: NetworkParameters): readonly (readonly number[])[] =>
  parameters.flatMap(({ weights, bias }) => [[...weights], [...bias]]);
