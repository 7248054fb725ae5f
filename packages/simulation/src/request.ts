/** What is simulated, and the edge at which a request is checked. */

import type { ProgressReporter, RandomStream } from '@meanfield/core';

import { requireCount, requireThat } from './checks.js';
import type { Network } from './network.js';

/**
 * 'gram': the next pre-activations are drawn from their law given the batch, weights are never formed.
 * 'weights': every weight is drawn. Both are exact at finite width and differ in bits, not in law.
 */
export type Method = 'gram' | 'weights';

/** M inputs of a network: of `correlation`, `pairGaps` and `values` at most one. */
export interface InputSpec {
  /** M, inputs propagated together, at least 1; gaps and correlations need 2 */
  readonly count: number;
  /** Mean square of an input's entries, at least 0; default 1; `values` have their own */
  readonly meanSquare?: number;
  /**
   * Correlation of every pair of inputs, from −1/(M − 1) to 1. With it, every input has exactly the mean
   * square above and every pair exactly this correlation; it needs M ≤ inputSize. Without it, entries are
   * independent N(0, meanSquare).
   */
  readonly correlation?: number;
  /**
   * Inputs 2p and 2p + 1 have 1 − c = pairGaps[p], in [0, 2], and all other pairs are orthogonal; lengths as with
   * `correlation`. M is twice the number of gaps. Accurate relative to the gap, however small.
   */
  readonly pairGaps?: readonly number[];
  /** The caller's inputs, row-major [M, inputSize], the same for every network */
  readonly values?: Float64Array;
}

export interface SimulationRequest {
  readonly network: Network;
  /** N, units of every dense layer that names no width of its own */
  readonly width: number;
  /** Entries of an input; default `width` */
  readonly inputSize?: number;
  readonly inputs: InputSpec;
  /** R, independent networks, each with its own inputs */
  readonly networks: number;
  /** Network r draws from `network/<r>/inputs` and `network/<r>/layer/<l>` below it, l from 1 */
  readonly stream: RandomStream;
  /** Default 'auto': the cheaper one of those that the initializers allow */
  readonly method?: 'auto' | Method;
  /** Called after every observed place of every network */
  readonly report?: ProgressReporter;
}

function requireCorrelation(correlation: number, count: number): void {
  requireThat(count >= 2, 'at least 2 inputs with a correlation', count, 'choose more inputs');
  requireThat(
    correlation >= -1 / (count - 1) && correlation <= 1,
    `a correlation of ${count} inputs from ${-1 / (count - 1)} to 1`,
    correlation,
    'choose a correlation that so many vectors can have with each other',
  );
}

function requirePairGaps(gaps: readonly number[], count: number): void {
  requireThat(
    count === 2 * gaps.length,
    `${2 * gaps.length} inputs, two for each of ${gaps.length} pair gaps`,
    count,
    'choose twice as many inputs as gaps',
  );
  const wrong = gaps.find((gap) => !(gap >= 0 && gap <= 2));
  requireThat(wrong === undefined, 'pair gaps 1 − c in [0, 2]', wrong, 'choose such gaps');
}

function requireValues(values: Float64Array, count: number, inputSize: number): void {
  requireThat(
    values.length === count * inputSize,
    `${count * inputSize} values, ${count} inputs of ${inputSize} entries`,
    values.length,
    'pass the inputs row by row',
  );
  const wrong = values.find((value) => !Number.isFinite(value));
  requireThat(wrong === undefined, 'finite values of the inputs', wrong, 'pass finite numbers');
}

function requireInputs(inputs: InputSpec, inputSize: number): void {
  const { count, meanSquare = 1, correlation, pairGaps, values } = inputs;
  requireCount('number of inputs', count, 1);
  requireThat(
    Number.isFinite(meanSquare) && meanSquare >= 0,
    'a finite mean square of the inputs of at least 0',
    meanSquare,
    'choose such a mean square',
  );
  const given = Object.entries({ correlation, pairGaps, values }).filter(([, value]) => value !== undefined);
  requireThat(
    given.length <= 1,
    'at most one of correlation, pairGaps and values of the inputs',
    given.map(([name]) => name),
    'leave the others out',
  );
  if (values !== undefined) requireValues(values, count, inputSize);
  if (correlation !== undefined) requireCorrelation(correlation, count);
  if (pairGaps !== undefined) requirePairGaps(pairGaps, count);
  requireThat(
    (correlation === undefined && pairGaps === undefined) || count <= inputSize,
    `at most ${inputSize} inputs of ${inputSize} entries with exact correlations`,
    count,
    'choose fewer inputs, longer ones, or leave the correlations out',
  );
}

/**
 * Everything but the network's layers.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function requireRequest({
  width,
  inputSize = width,
  inputs,
  networks,
  method,
}: SimulationRequest): void {
  requireCount('width', width, 1);
  requireCount('input size', inputSize, 1);
  requireCount('number of networks', networks, 1);
  requireInputs(inputs, inputSize);
  const methods: readonly unknown[] = [undefined, 'auto', 'gram', 'weights'];
  requireThat(
    methods.includes(method),
    "a method 'auto', 'gram' or 'weights'",
    method,
    'choose one of these',
  );
}
