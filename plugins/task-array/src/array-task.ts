/** The task of learning the targets in one file from the inputs in another. */

import { basename } from 'node:path';

import { show, type Loss, type Task, type TaskContext, type TaskData } from '@meanfield/core';

import { readArray } from './array-file.js';
import { rowsOf } from './rows.js';
import { splitCounts, splitRows } from './split.js';

/** The student of `singh2021` §2.3, and its steps an epoch. */
const HIDDEN_LAYERS = 10;
const HIDDEN_UNITS = 100;
const STEPS_PER_EPOCH = 100;

export interface ArrayTaskRequest {
  readonly inputs: string;
  readonly targets: string;
  readonly inputsName?: string | undefined;
  readonly targetsName?: string | undefined;
  readonly inputsSha256: string;
  readonly targetsSha256: string;
  readonly loss: Loss;
  readonly classes?: number | undefined;
  readonly validation: number;
  readonly test: number;
  readonly standardize: boolean;
  readonly header: boolean;
}

/** Reads both files at once, since a task has to know its sizes. Throws INVALID_FILE, UNSUPPORTED, INVALID_OPTION. */
export function arrayTask(request: ArrayTaskRequest): Task {
  const { inputs, targets, inputsName, targetsName, loss, classes, standardize, header } = request;
  const rows = rowsOf({
    inputs: {
      path: inputs,
      tensor: readArray({ path: inputs, name: inputsName, header }, request.inputsSha256),
    },
    targets: {
      path: targets,
      tensor: readArray({ path: targets, name: targetsName, header }, request.targetsSha256),
    },
    loss,
    classes,
  });
  const counts = splitCounts(rows.count, request);
  const forTest = counts.test === 0 ? '' : `, ${counts.test} for test`;
  return {
    name: 'array',
    inputSize: rows.inputSize,
    outputSize: rows.outputSize,
    loss,
    metric: loss === 'mse' ? 'none' : 'accuracy',
    defaults: {
      batchSize: Math.ceil(counts.train / STEPS_PER_EPOCH),
      hiddenWidths: new Array<number>(HIDDEN_LAYERS).fill(HIDDEN_UNITS),
      activateOutput: false,
    },
    remarks: [
      `inputs are ${show(basename(inputs))}, targets ${show(basename(targets))}, ${rows.count} rows`,
      `held out by the seed: ${counts.validation} for validation${forTest}`,
      standardize
        ? 'each input has mean 0 and variance 1 over the training rows'
        : 'inputs are as they are in the file',
      loss === 'mse'
        ? 'the output layer is linear, targets are as they are in the file'
        : `the output layer is linear: its ${rows.outputSize} units are logits`,
    ],
    load({ stream, report }: TaskContext): Promise<TaskData> {
      const label = `split ${basename(inputs).replaceAll(/\s/g, ' ').trim()}`;
      report({ label, completed: 0, total: rows.count });
      const data = splitRows(rows, counts, standardize, stream);
      report({ label, completed: rows.count, total: rows.count });
      return Promise.resolve(data);
    },
  };
}
