/** What a thread is told of its networks: plain data, since it passes between threads. */

import type { Loss, OptimizerSpec } from '@meanfield/core';

import type { ActivationKernel } from '../activation-kernel.js';

export interface Model {
  readonly sizes: readonly number[];
  readonly activation: ActivationKernel;
  readonly activateOutput: boolean;
  readonly loss: Loss;
  readonly optimizer: OptimizerSpec;
}

/** All that the next step of a network depends on beside its batch. */
export interface NetworkState {
  /** Parameters, then each moment of the optimiser, laid out alike */
  readonly numbers: Float32Array;
  readonly steps: number;
}

/** Arrays as long as the parameters that an optimiser keeps. */
export function momentsOf(optimizer: OptimizerSpec): number {
  if (optimizer.name === 'adam') return 2;
  return optimizer.momentum === 0 ? 0 : 1;
}
