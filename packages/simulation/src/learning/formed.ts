/** Networks as data that are learned from: their weights are formed, kept in float64, and changed where they stand. */

import type { RandomStream } from '@meanfield/core';

import { requireThat } from '../checks.js';
import { formNetwork, requireMemory, type FormedNetwork } from '../jacobian/formed-network.js';
import { linearise, type Linearisation } from '../jacobian/linearise.js';
import type { Network } from '../network.js';
import { planOf, type Plan } from '../plan.js';

/** Units of dense layers that name none, and entries of an input */
export interface Sizes {
  readonly width: number;
  readonly inputSize: number;
}

/** Classified inputs */
export interface LabelledBatch {
  /** M */
  readonly count: number;
  /** [inputSize, M] */
  readonly inputs: Float64Array;
  /** Index of the class, [M] */
  readonly labels: ArrayLike<number>;
}

/** Weights, gradients and two moments of Adam's, and signals of a step's batch */
const COPIES = 4;

/**
 * Draws the weights of a network from `layer/<l>` below `stream`.
 *
 * @throws MeanfieldError INVALID_ARGUMENT, also for more than 4 GiB of weights and what learning needs beside them
 */
export function drawNetwork(
  network: Network,
  { width, inputSize }: Sizes,
  stream: RandomStream,
): FormedNetwork {
  const plan = planOf(network, width, inputSize);
  requireMemory(plan, (COPIES - 1) * weightsOf(plan));
  return formNetwork(plan, stream);
}

const weightsOf = ({ steps }: Plan): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'dense' ? (step.fanIn + 1) * step.fanOut : 0), 0);

/** Signals [units, M] at every observed place, in order. Throws INVALID_ARGUMENT when signals outgrow float64. */
export function observedSignals(
  network: FormedNetwork,
  inputs: Float64Array,
  count: number,
): readonly Float64Array[] {
  const { steps } = linearise(network, inputs, count);
  return steps.flatMap((step) => (step.kind === 'observe' ? [step.signals] : []));
}

/** The last observed place: where a network's outputs are. */
export function outputOf({ steps }: Linearisation): {
  readonly place: number;
  readonly units: number;
  readonly signals: Float64Array;
} {
  const last = steps.at(-1);
  requireThat(
    last?.kind === 'observe',
    'a network that ends where it is observed',
    last?.kind,
    'observe its outputs',
  );
  return last as Extract<typeof last, { kind: 'observe' }>;
}
