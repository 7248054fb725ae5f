/** Networks whose weights are all formed and kept, so that signals can go through them both ways, many times. */

import { MeanfieldError, type RandomStream } from '@meanfield/core';

import type { DenseStep, Plan } from '../plan.js';

/** Weights and biases of one dense layer, as its initializer gave them. */
export interface FormedLayer {
  /** W, row-major [fanIn, fanOut]: h = Wᵀ s + b */
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

export interface FormedNetwork {
  readonly plan: Plan;
  /** By the layer's number l */
  readonly layers: ReadonlyMap<number, FormedLayer>;
}

const NUMBER_BYTES = 8;
const MOST_BYTES = 2 ** 32;

/**
 * Asks, before anything is drawn, whether float64 numbers of all weights, and `others` besides, fit into 4 GiB.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function requireMemory({ steps }: Plan, others: number): void {
  const weights = denseSteps(steps).reduce((sum, { fanIn, fanOut }) => sum + (fanIn + 1) * fanOut, 0);
  const bytes = NUMBER_BYTES * (weights + others);
  if (bytes <= MOST_BYTES) return;
  const gibibytes = (count: number): string => `${((NUMBER_BYTES * count) / 2 ** 30).toPrecision(3)} GiB`;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'weights of all layers, which derivatives need at once, and signals in at most 4 GiB',
    found: `${gibibytes(weights)} of weights and ${gibibytes(others)} of signals`,
    remedy: 'choose a smaller width or depth, fewer inputs or fewer probes',
  });
}

const denseSteps = (steps: Plan['steps']): readonly DenseStep[] =>
  steps.filter((step) => step.kind === 'dense');

/**
 * Draws layer l from `layer/<l>` below `stream`, the streams of the forward simulation's method 'weights': with the same
 * stream it is the same network.
 */
export function formNetwork(plan: Plan, stream: RandomStream): FormedNetwork {
  const layers = new Map<number, FormedLayer>();
  for (const { layer, fanIn, fanOut, initializer } of denseSteps(plan.steps)) {
    const formed = { weights: new Float64Array(fanIn * fanOut), bias: new Float64Array(fanOut) };
    initializer.sample({ fanIn, fanOut, ...formed }, stream.child('layer').child(layer));
    layers.set(layer, formed);
  }
  return { plan, layers };
}
