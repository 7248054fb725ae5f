/**
 * Parameters of R networks in the caller's memory: those of a layer side by side, so that neighbouring networks can be handed to
 * an engine as one tensor without a copy.
 */

import type { NetworkParameters } from '@meanfield/core';

/** One layer of some neighbouring networks. */
export interface StackedLayer {
  /** R of them */
  readonly networks: number;
  readonly fanIn: number;
  readonly fanOut: number;
  /** W, row-major [networks, fanIn, fanOut] */
  readonly weights: Float32Array;
  /** b, [networks, fanOut] */
  readonly bias: Float32Array;
}

/** Room for `networks` networks of these sizes. */
export const emptyStack = (sizes: readonly number[], networks: number): readonly StackedLayer[] =>
  sizes.slice(1).map((fanOut, index) => {
    const fanIn = sizes[index]!;
    return {
      networks,
      fanIn,
      fanOut,
      weights: new Float32Array(networks * fanIn * fanOut),
      bias: new Float32Array(networks * fanOut),
    };
  });

/** Networks `first` to `first + networks`, in the same memory. */
export const sliceStack = (
  stack: readonly StackedLayer[],
  first: number,
  networks: number,
): readonly StackedLayer[] =>
  stack.map(({ fanIn, fanOut, weights, bias }) => ({
    networks,
    fanIn,
    fanOut,
    weights: weights.subarray(first * fanIn * fanOut, (first + networks) * fanIn * fanOut),
    bias: bias.subarray(first * fanOut, (first + networks) * fanOut),
  }));

/** Copies one network's parameters into a stack of one. */
export function writeParameters(stack: readonly StackedLayer[], parameters: NetworkParameters): void {
  stack.forEach(({ weights, bias }, index) => {
    weights.set(parameters[index]!.weights);
    bias.set(parameters[index]!.bias);
  });
}

/** A copy of a stack of one as one network's parameters. */
export const readParameters = (stack: readonly StackedLayer[]): NetworkParameters =>
  stack.map(({ fanIn, fanOut, weights, bias }) => ({
    fanIn,
    fanOut,
    weights: weights.slice(),
    bias: bias.slice(),
  }));

/** The arrays of a stack: W and b of each layer in turn. */
export const arraysOf = (stack: readonly StackedLayer[]): readonly Float32Array[] =>
  stack.flatMap(({ weights, bias }) => [weights, bias]);
