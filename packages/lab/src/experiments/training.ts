/** Networks trained on a task from an initializer: curves of loss with their mean and standard error over networks. */

import {
  cite,
  definePlugin,
  MeanfieldError,
  singh2021,
  type JsonObject,
  type PluginDefinition,
  type Task,
} from '@meanfield/core';
import {
  parseOptimizer,
  requireTrainableSize,
  train,
  type Curve,
  type TrainingCurves,
  type TrainingResult,
} from '@meanfield/training';
import { z } from 'zod';

import { requireJson } from '../canonical-json.js';
import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, choice, networkOptions, type Choice } from './choice.js';
import { AUTO, backendOf, trainingParts } from './training-parts.js';

const count = z.int().positive();
const DEFAULT_EPOCHS = 10;
const DEFAULT_EVALUATIONS = 20;
const MOST_EVALUATIONS = 10_000;

/** With the defaults filled in, so that they are part of the cell. What is wrong with it is said by `create`. */
const optimizer = choice().transform((given): Choice => {
  try {
    const { name, ...filled } = parseOptimizer(given.name, given.options);
    return { name, options: filled };
  } catch {
    return given;
  }
});

const options = z
  .strictObject({
    task: choice().default({ name: 'teacher-student', options: {} }),
    activation: networkOptions.activation,
    initializer: networkOptions.initializer,
    optimizer: optimizer.prefault('sgd'),
    backend: choice().default({ name: AUTO, options: {} }),
    networks: count.default(10),
    hiddenWidths: z.array(count).optional(),
    activateOutput: z.boolean().optional(),
    batchSize: count.optional(),
    epochs: z.number().positive().optional(),
    steps: count.optional(),
    evaluations: z.int().min(2).max(MOST_EVALUATIONS).optional(),
    evaluateEvery: count.optional(),
    networkCurves: z.boolean().optional(),
    measure: z
      .strictObject({ gradients: z.boolean().default(false), dead: z.boolean().default(false) })
      .optional(),
  })
  .refine(({ epochs, steps }) => epochs === undefined || steps === undefined, {
    path: ['steps'],
    message: 'epochs and steps cannot both be given',
  })
  .refine(({ evaluations, evaluateEvery }) => evaluations === undefined || evaluateEvery === undefined, {
    path: ['evaluateEvery'],
    message: 'evaluations and evaluateEvery cannot both be given',
  })
  .transform((given) => ({
    ...given,
    ...(given.epochs === undefined && given.steps === undefined && { epochs: DEFAULT_EPOCHS }),
    ...(given.evaluateEvery === undefined && { evaluations: given.evaluations ?? DEFAULT_EVALUATIONS }),
  }));

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** Over the networks; each one's too where that is asked for. */
function curveJson({ mean, stderr, networks }: Curve, each: boolean): JsonObject {
  return { mean, stderr, ...(each && { networks }) };
}

/** Every curve that there is; those by layer as lists. */
function curvesJson({ step, epoch, ...curves }: TrainingCurves, each: boolean): JsonObject {
  const json = Object.entries(curves).map(([quantity, found]: [string, Curve | readonly Curve[]]) => {
    return [
      quantity,
      'mean' in found ? curveJson(found, each) : found.map((layer) => curveJson(layer, each)),
    ];
  });
  return { step, epoch, ...(Object.fromEntries(json) as JsonObject) };
}

function resultJson(trained: TrainingResult, task: Task, each: boolean): JsonObject {
  const { name, loss, metric, remarks } = task;
  const { curves, final, outcomes, backend, steps, networks, batchSize, trainLossRows } = trained;
  return {
    curves: curvesJson(curves, each),
    final: requireJson(final, 'the final scores'),
    outcomes: outcomes.map((outcome) => ({ ...outcome })),
    backend,
    steps,
    networks,
    batchSize,
    trainLossRows,
    task: { name, loss, metric, remarks },
  };
}

function unsettled(): MeanfieldError {
  return new MeanfieldError({
    code: 'CELL_FAILED',
    expected: 'a cell that names its backend',
    found: AUTO,
    remedy: 'settle it first (BackendSettler), or name one',
  });
}

const training: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'training',
  package: PACKAGE,
  version: VERSION,
  summary: 'curves of loss and accuracy of networks trained on a task from an initializer',
  options,
  optionDocs: {
    task: 'the task, a name or { name, options }, default teacher-student',
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    optimizer: 'sgd or adam, or { name, options } with its rates, default sgd with a learning rate of 0.01',
    backend:
      'what the networks run on, a name or { name, options }; auto (default) is settled before the cell: the fastest here',
    networks: 'independent networks trained side by side, default 10',
    hiddenWidths: "units of each hidden layer, default the task's",
    batchSize: "examples in a step, default the task's",
    activateOutput: "whether the activation is applied to the output layer too, default the task's",
    epochs: 'passes over the training examples, default 10; or give steps',
    steps: 'optimiser steps of each network; or give epochs',
    evaluations: `points of a curve, 2 to ${MOST_EVALUATIONS}, default ${DEFAULT_EVALUATIONS}`,
    evaluateEvery: 'steps from one point of a curve to the next, in place of evaluations',
    measure: '{ gradients, dead }: gradient norms and dead units by layer at the points too, default neither',
    networkCurves: 'whether curves of every network are in the result too, default false',
  },
  references: [cite(singh2021, '§2.3, §3.2, §3.3')],
  create(parsed, context) {
    const { networks, hiddenWidths, activateOutput, batchSize, epochs, steps } = parsed;
    const { evaluations, evaluateEvery, measure, networkCurves = false } = parsed;
    const parts = trainingParts(parsed, context);
    const { task } = parts;
    const backend = backendOf(parsed.backend, context);
    requireTrainableSize({ task, networks, ...definedOnly({ hiddenWidths }) });
    const sizes = {
      hiddenWidths,
      activateOutput,
      batchSize,
      epochs,
      steps,
      evaluations,
      evaluateEvery,
      measure,
    };
    return {
      name: 'training',
      async run({ stream, report, dataFolder, checkpoint, keepParameters }) {
        if (backend === undefined) throw unsettled();
        // The task's streams do not depend on the scheme: every initializer sees the same data and batches.
        const where = definedOnly({ dataFolder });
        const data = await task.load({ stream: stream.child('task'), report, ...where });
        const trained = await train({
          ...parts,
          ...definedOnly({ ...sizes, checkpoint, keepParameters }),
          backend,
          data,
          networks,
          report,
          stream: stream.child('training'),
        });
        const { seconds, stepsPerSecond, liveBuffers, resumedAt, remarks } = trained;
        return {
          result: resultJson(trained, task, networkCurves),
          timing: {
            trainingSeconds: seconds,
            stepsPerSecond: jsonNumber(stepsPerSecond),
            liveBuffers,
            resumedAt,
            remarks,
          },
        };
      },
    };
  },
});

export default training;
