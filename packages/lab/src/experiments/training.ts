/** Networks trained on a task from an initializer: curves of loss with their mean and standard error over networks. */

import {
  cite,
  definePlugin,
  singh2021,
  type Json,
  type JsonObject,
  type OptimizerSpec,
  type PluginDefinition,
  type Task,
} from '@meanfield/core';
import { parseOptimizer, train, type Curve, type TrainingResult } from '@meanfield/training';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, choice, networkOptions, type Choice } from './choice.js';

const count = z.int().positive();

/** With the defaults filled in, so that they are part of the cell. */
const optimizer = choice().transform(({ name, options: given }): Choice => {
  const { name: parsed, ...filled } = parseOptimizer(name as OptimizerSpec['name'], given);
  return { name: parsed, options: filled };
});

const options = z.strictObject({
  task: choice().default({ name: 'teacher-student', options: {} }),
  activation: networkOptions.activation,
  initializer: networkOptions.initializer,
  optimizer: optimizer.prefault('sgd'),
  backend: choice().default({ name: 'tfjs', options: {} }),
  networks: count.default(10),
  hiddenWidths: z.array(count).min(1).optional(),
  batchSize: count.optional(),
  epochs: z.number().positive().optional(),
  steps: count.optional(),
  evaluations: count.optional(),
});

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function definedOnly<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function curveJson({ mean, stderr }: Curve): JsonObject {
  return { mean: mean.map(jsonNumber), stderr: stderr.map(jsonNumber) };
}

function resultJson({ curves, steps, networks, backend }: TrainingResult, task: Task): JsonObject {
  const { step, epoch, trainLoss, validationLoss, accuracy } = curves;
  const last = (curve: Curve): Json => ({
    mean: jsonNumber(curve.mean.at(-1) ?? Number.NaN),
    stderr: jsonNumber(curve.stderr.at(-1) ?? Number.NaN),
  });
  const shown = { trainLoss, validationLoss, ...(accuracy === undefined ? {} : { accuracy }) };
  const entries = Object.entries(shown);
  return {
    curves: { step, epoch, ...Object.fromEntries(entries.map(([key, curve]) => [key, curveJson(curve)])) },
    final: Object.fromEntries(entries.map(([key, curve]) => [key, last(curve)])),
    backend,
    steps,
    networks,
    task: { name: task.name, loss: task.loss, remarks: task.remarks },
  };
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
    backend: 'what the networks run on, a name or { name, options }, default tfjs',
    networks: 'independent networks trained side by side, default 10',
    hiddenWidths: "units of each hidden layer, default the task's",
    batchSize: "examples in a step, default the task's",
    epochs: 'passes over the training examples; or give steps',
    steps: 'steps of the optimiser; or give epochs',
    evaluations: 'points of a curve',
  },
  references: [cite(singh2021, '§2.3, §3.2, §3.3')],
  create(parsed, context) {
    const { networks, hiddenWidths, batchSize, epochs, steps, evaluations } = parsed;
    const task = context.get('task', parsed.task.name, parsed.task.options);
    const parts = {
      task,
      activation: context.get('activation', parsed.activation.name, parsed.activation.options),
      initializer: context.get('initializer', parsed.initializer.name, parsed.initializer.options),
      backend: context.get('backend', parsed.backend.name, parsed.backend.options),
      optimizer: parseOptimizer(parsed.optimizer.name as OptimizerSpec['name'], parsed.optimizer.options),
    };
    const sizes = definedOnly({ hiddenWidths, batchSize, epochs, steps, evaluations });
    return {
      name: 'training',
      async run({ stream, report, dataFolder }) {
        // The task's streams do not depend on the scheme: every initializer sees the same data and batches.
        const where = dataFolder === undefined ? {} : { dataFolder };
        const data = await task.load({ stream: stream.child('task'), report, ...where });
        const request = { ...parts, ...sizes, data, networks, report, stream: stream.child('training') };
        const trained = await train(request);
        const { seconds, stepsPerSecond, liveBuffers } = trained;
        return {
          result: resultJson(trained, task),
          timing: { trainingSeconds: seconds, stepsPerSecond: jsonNumber(stepsPerSecond), liveBuffers },
        };
      },
    };
  },
});

export default training;
