/** A dense network as files hold it. */

import { MeanfieldError, type Activation, type DenseLayer, type NetworkParameters } from '@meanfield/core';

import type { Tensor } from '../tensor.js';

export interface DenseNetwork {
  /** First layer to last, each with weights [fan-in, fan-out], row-major, and biases [fan-out] */
  readonly parameters: NetworkParameters;
  readonly activation: Activation;
  /** Whether φ is applied to the output layer too; default false, linear */
  readonly activateOutput?: boolean;
}

function refusal(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
}

/**
 * Units of the input, of each hidden layer, of the output.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when layers do not fit each other or their arrays, or a parameter is not finite
 */
export function requireSizes({ parameters }: DenseNetwork): readonly number[] {
  const [first] = parameters;
  if (first === undefined)
    throw refusal('a network of at least one layer', 'none', 'give its layers of weights');
  const sizes = [first.fanIn];
  parameters.forEach((layer, index) => {
    checkLayer(layer, index + 1, sizes[index]!);
    sizes.push(layer.fanOut);
  });
  return sizes;
}

function checkLayer({ fanIn, fanOut, weights, bias }: DenseLayer, number: number, inputs: number): void {
  if (fanIn !== inputs || weights.length !== fanIn * fanOut || bias.length !== fanOut) {
    throw refusal(
      `layer ${number} to have ${inputs} inputs, and a weight and a bias for each of them and of its units`,
      `fan-in ${fanIn}, fan-out ${fanOut}, ${weights.length} weights, ${bias.length} biases`,
      'give the layers in their order',
    );
  }
  for (const [what, values] of Object.entries({ weights, bias })) {
    const stray = values.findIndex((value) => !Number.isFinite(value));
    if (stray === -1) continue;
    throw refusal(
      `finite ${what} in layer ${number}`,
      `${values[stray]} at index ${stray}`,
      'export a network that has not diverged',
    );
  }
}

/** `layer/<l>/weights` [fan-in, fan-out] and `layer/<l>/bias` [fan-out], l from 1. Throws INVALID_ARGUMENT. */
export function networkTensors(network: DenseNetwork): ReadonlyMap<string, Tensor> {
  requireSizes(network);
  return new Map(
    network.parameters.flatMap(({ fanIn, fanOut, weights, bias }, index): [string, Tensor][] => [
      [`layer/${index + 1}/weights`, { shape: [fanIn, fanOut], data: weights }],
      [`layer/${index + 1}/bias`, { shape: [fanOut], data: bias }],
    ]),
  );
}
