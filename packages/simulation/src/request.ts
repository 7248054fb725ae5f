/** What is simulated, and the edge at which a request is checked. */

import {
  MeanfieldError,
  show,
  type Activation,
  type Initializer,
  type ProgressReporter,
  type RandomStream,
} from '@meanfield/core';

export interface InputSpec {
  /** M, inputs propagated together: at least 2, since a correlation needs pairs */
  readonly count: number;
  /** Mean square of an input's entries, at least 0 */
  readonly meanSquare: number;
  /**
   * Correlation of every pair of inputs, from −1/(M − 1) to 1. With it, every input has exactly the mean
   * square above and every pair exactly this correlation; it needs M ≤ inputSize. Without it, entries are
   * independent N(0, meanSquare).
   */
  readonly correlation?: number;
}

export interface SimulationRequest {
  readonly activation: Activation;
  readonly initializer: Initializer;
  /** N, units of every layer */
  readonly width: number;
  /** Entries of an input; default `width` */
  readonly inputSize?: number;
  /** Layers whose pre-activations are observed, at least 1 */
  readonly depth: number;
  readonly inputs: InputSpec;
  /** R, independent networks, each with its own inputs */
  readonly networks: number;
  /** Network r draws from `network/<r>/inputs` and `network/<r>/layer/<l>` below it, l from 1 */
  readonly stream: RandomStream;
  readonly report?: ProgressReporter;
}

/** 2 GiB of float64: what one weight matrix, or one batch, may take. */
const MOST_WEIGHTS = 2 ** 28;
/** Observations are kept until all networks are done, some hundred bytes each. */
const MOST_OBSERVATIONS = 2 ** 22;

function requireThat(holds: boolean, expected: string, found: unknown, remedy: string): void {
  if (!holds) throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found: show(found), remedy });
}

function requireCount(name: string, value: number, least: number): void {
  const holds = Number.isSafeInteger(value) && value >= least;
  requireThat(holds, `${name} to be an integer of at least ${least}`, value, `choose such a ${name}`);
}

function requireInputs({ count, meanSquare, correlation }: InputSpec, inputSize: number): void {
  requireCount('number of inputs', count, 2);
  requireThat(
    Number.isFinite(meanSquare) && meanSquare >= 0,
    'a finite mean square of the inputs of at least 0',
    meanSquare,
    'choose such a mean square',
  );
  if (correlation === undefined) return;
  requireThat(
    correlation >= -1 / (count - 1) && correlation <= 1,
    `a correlation of ${count} inputs from ${-1 / (count - 1)} to 1`,
    correlation,
    'choose a correlation that so many vectors can have with each other',
  );
  requireThat(
    count <= inputSize,
    `at most ${inputSize} inputs of ${inputSize} entries with an exact correlation`,
    count,
    'choose fewer inputs, longer ones, or leave the correlation out',
  );
}

/** @throws MeanfieldError INVALID_ARGUMENT */
export function requireRequest(request: SimulationRequest): void {
  const { width, inputSize = width, depth, inputs, networks } = request;
  requireCount('width', width, 1);
  requireCount('input size', inputSize, 1);
  requireCount('depth', depth, 1);
  requireCount('number of networks', networks, 1);
  const most = Math.max(width, inputSize);
  requireThat(
    Math.max(width * most, inputs.count * most) <= MOST_WEIGHTS,
    `weights, and a batch, of at most ${MOST_WEIGHTS} entries (2 GiB)`,
    `${inputs.count} inputs of ${inputSize} entries, width ${width}`,
    'choose a smaller width or batch',
  );
  requireThat(
    depth * networks <= MOST_OBSERVATIONS,
    `at most ${MOST_OBSERVATIONS} layers over all networks`,
    depth * networks,
    'choose a smaller depth or fewer networks',
  );
  requireInputs(inputs, inputSize);
}
