/** What is asked of `train`, checked and completed. */

import {
  MeanfieldError,
  parseOptions,
  type Activation,
  type Backend,
  type CheckpointStore,
  type Examples,
  type Initializer,
  type NetworkParameters,
  type OptimizerSpec,
  type ProgressReporter,
  type RandomStream,
  type Task,
  type TaskData,
} from '@meanfield/core';
import { z } from 'zod';

import type { Measures } from './measures.js';
import { evaluationSteps, regularSteps } from './schedule.js';

export interface TrainingRequest {
  readonly task: Task;
  readonly data: TaskData;
  readonly activation: Activation;
  readonly initializer: Initializer;
  readonly backend: Backend;
  readonly optimizer: OptimizerSpec;
  /** Units of each hidden layer; the task's default */
  readonly hiddenWidths?: readonly number[];
  /** Whether φ is applied to the output layer too; the task's default, or else linear */
  readonly activateOutput?: boolean;
  /** Examples in a step; the task's default */
  readonly batchSize?: number;
  /** Passes over the training examples, rounded to whole steps; give this or `steps` */
  readonly epochs?: number;
  /** Optimiser steps of each network; give this or `epochs` */
  readonly steps?: number;
  /** R: independent networks, each with its own weights and its own order of examples */
  readonly networks: number;
  /** Points of a curve, step 0 and the last included, evenly spaced in their logarithm; default 20 */
  readonly evaluations?: number;
  /** A point every so many steps, and at step 0 and the last, in place of `evaluations` */
  readonly evaluateEvery?: number;
  /** What is measured at the points beside losses */
  readonly measure?: Measures;
  /** Networks draw from `network/<r>/layer/<l>` and `network/<r>/epoch/<e>/order` below it */
  readonly stream: RandomStream;
  readonly report?: ProgressReporter;
  /** Keeps the state now and then: the same request goes on from it, to the same bits */
  readonly checkpoint?: CheckpointStore;
  /** Called at the end with each network's parameters; what they are of a network that diverged is not said */
  readonly keepParameters?: (network: number, parameters: NetworkParameters) => void;
  /** Steps of about so many seconds go to the backend at once, default 0.5; results do not depend on it */
  readonly chunkSeconds?: number;
}

/** The numbers of a request, none left open. */
export interface TrainingPlan {
  /** Units of input, hidden layers, output */
  readonly sizes: readonly number[];
  readonly activateOutput: boolean;
  readonly batchSize: number;
  readonly networks: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Steps after which the networks are evaluated */
  readonly points: readonly number[];
}

/** Points of a curve that `evaluateEvery` may lead to. */
const MOST_POINTS = 100_000;

/** 512 MiB of float32, of which a backend needs a few copies: gradients, the optimiser's moments. */
const MOST_PARAMETERS = 2 ** 27;

const count = z.int().min(1);
const schema = z
  .strictObject({
    hiddenWidths: z.array(count),
    activateOutput: z.boolean(),
    batchSize: count,
    epochs: z.number().positive().optional(),
    steps: count.optional(),
    networks: count,
    evaluations: z.int().min(2),
    evaluateEvery: count.optional(),
  })
  .refine(({ epochs, steps }) => (epochs === undefined) !== (steps === undefined), {
    message: 'epochs or steps is needed, not both',
  });
const DOCS = {
  hiddenWidths: 'units of each hidden layer, whole numbers above 0',
  activateOutput: 'true or false',
  batchSize: 'examples in a step, a whole number above 0',
  epochs: 'passes over the training examples, above 0',
  steps: 'optimiser steps, a whole number above 0',
  networks: 'a whole number above 0',
  evaluations: 'points of a curve, a whole number from 2',
  evaluateEvery: 'steps between points of a curve, a whole number above 0',
};

function checkExamples(name: string, { count: rows, inputs }: Examples, inputSize: number): void {
  if (rows >= 1 && inputs.length === rows * inputSize) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${name} examples with ${inputSize} inputs each`,
    found: `${rows} rows with ${inputs.length} inputs in all`,
    remedy: 'pass the data that this task loads',
  });
}

const sizesOf = ({
  task,
  hiddenWidths,
}: Pick<TrainingRequest, 'task' | 'hiddenWidths'>): readonly number[] => [
  task.inputSize,
  ...(hiddenWidths ?? task.defaults.hiddenWidths),
  task.outputSize,
];

/**
 * Checks, before any data are loaded, that networks of this size and number can be held in memory.
 *
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function requireTrainableSize(
  request: Pick<TrainingRequest, 'task' | 'hiddenWidths' | 'networks'>,
): void {
  const sizes = sizesOf(request);
  const each = sizes.slice(1).reduce((sum, units, layer) => sum + units * (sizes[layer]! + 1), 0);
  if (each * request.networks <= MOST_PARAMETERS) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `at most ${MOST_PARAMETERS} weights and biases over all networks`,
    found: `${request.networks} networks of ${each}`,
    remedy: 'train fewer or smaller networks at a time',
  });
}

/**
 * @throws MeanfieldError INVALID_OPTION for numbers out of range, INVALID_ARGUMENT for data that do not fit
 * the task, and for more parameters than memory holds
 */
export function planTraining(request: TrainingRequest): TrainingPlan {
  const { task, data, networks, epochs, steps, evaluateEvery } = request;
  const parsed = parseOptions(
    'training',
    schema,
    {
      hiddenWidths: request.hiddenWidths ?? task.defaults.hiddenWidths,
      activateOutput: request.activateOutput ?? task.defaults.activateOutput ?? false,
      batchSize: request.batchSize ?? task.defaults.batchSize,
      evaluations: request.evaluations ?? 20,
      networks,
      epochs,
      steps,
      evaluateEvery,
    },
    DOCS,
  );
  checkExamples('training', data.train, task.inputSize);
  checkExamples('validation', data.validation, task.inputSize);
  if (data.test !== undefined) checkExamples('test', data.test, task.inputSize);
  requireTrainableSize(request);
  const batchSize = Math.min(parsed.batchSize, data.train.count);
  const stepsPerEpoch = Math.ceil(data.train.count / batchSize);
  const stepsInAll = parsed.steps ?? Math.max(1, Math.round((parsed.epochs ?? 1) * stepsPerEpoch));
  return {
    sizes: sizesOf(request),
    activateOutput: parsed.activateOutput,
    batchSize,
    networks: parsed.networks,
    steps: stepsInAll,
    stepsPerEpoch,
    points: pointsOf(stepsInAll, parsed),
  };
}

function pointsOf(
  steps: number,
  { evaluations, evaluateEvery }: Pick<z.infer<typeof schema>, 'evaluations' | 'evaluateEvery'>,
): readonly number[] {
  if (evaluateEvery === undefined) return evaluationSteps(steps, evaluations);
  if (steps / evaluateEvery <= MOST_POINTS) return regularSteps(steps, evaluateEvery);
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `at most ${MOST_POINTS} points of a curve`,
    found: `one every ${evaluateEvery} of ${steps} steps`,
    remedy: 'evaluate less often',
  });
}
