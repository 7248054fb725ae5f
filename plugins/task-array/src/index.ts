import {
  cite,
  definePlugin,
  isMeanfieldError,
  singh2021,
  type Loss,
  type PluginDefinition,
} from '@meanfield/core';
import { z } from 'zod';

import { digestOf } from './array-file.js';
import { arrayTask, type ArrayTaskRequest } from './array-task.js';

export interface ArrayOptions {
  /** FILE.npy, FILE.npz or FILE.csv, relative to the working directory; the first axis counts examples */
  readonly inputs: string;
  /** The same for targets: numbers for 'mse', class indices from 0 for 'softmax-cross-entropy' */
  readonly targets: string;
  /** Which array of an npz file; its only one when absent */
  readonly inputsName?: string;
  readonly targetsName?: string;
  /** Default 'mse' */
  readonly loss?: Loss;
  /** Number of classes; default one more than the largest label */
  readonly classes?: number;
  /** Rows held out for validation: a share below 1, or a number of rows; default 0.1 */
  readonly validation?: number;
  /** The same for a test split; default 0, none */
  readonly test?: number;
  /** Whether each input is given mean 0 and variance 1 over the training rows; default false */
  readonly standardize?: boolean;
  /** Whether the first line of CSV files is a header; default false */
  readonly header?: boolean;
  /** Filled in, so that a record says which data it is of; a file with another digest is refused */
  readonly inputsSha256?: string;
  readonly targetsSha256?: string;
}

const MAXIMUM_CLASSES = 16_384;
const path = z.string().min(1).max(4096);
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal is needed');
const isPart = (value: number): boolean => value < 1 || Number.isSafeInteger(value);
const PART_MESSAGE = 'from 1 on a whole number of rows is needed';

const options = z
  .strictObject({
    inputs: path,
    targets: path,
    inputsName: z.string().optional(),
    targetsName: z.string().optional(),
    loss: z.enum(['mse', 'softmax-cross-entropy']).default('mse'),
    classes: z.int().min(2).max(MAXIMUM_CLASSES).optional(),
    validation: z.number().positive().refine(isPart, PART_MESSAGE).default(0.1),
    test: z.number().min(0).refine(isPart, PART_MESSAGE).default(0),
    standardize: z.boolean().default(false),
    header: z.boolean().default(false),
    inputsSha256: digest.optional(),
    targetsSha256: digest.optional(),
  })
  .transform((given, context): ArrayTaskRequest => {
    const withDigest = (file: 'inputs' | 'targets', stated: string | undefined): string => {
      try {
        const found = digestOf(given[file]);
        if (stated === undefined || stated === found) return found;
        const message = `the file has changed: its SHA-256 is ${found}, not ${stated}`;
        context.addIssue({ code: 'custom', path: [file], message });
      } catch (error) {
        if (!isMeanfieldError(error)) throw error;
        context.addIssue({ code: 'custom', path: [file], message: `${error.found}, not ${error.expected}` });
      }
      return '';
    };
    return {
      ...given,
      inputsSha256: withDigest('inputs', given.inputsSha256),
      targetsSha256: withDigest('targets', given.targetsSha256),
    };
  })
  .refine(({ loss, classes }) => loss !== 'mse' || classes === undefined, {
    path: ['classes'],
    message: "only loss 'softmax-cross-entropy' has classes",
  });

const array: PluginDefinition<'task', ArrayOptions> = definePlugin({
  kind: 'task',
  name: 'array',
  package: '@meanfield/task-array',
  version: '0.1.0',
  summary: 'learn targets from inputs in arrays of your own: npy, npz or CSV',
  options,
  optionDocs: {
    inputs: 'FILE.npy, FILE.npz or FILE.csv with the inputs, a row an example; needed',
    targets: 'such a file with the targets, in the same order; needed',
    inputsName: 'which array of an npz file the inputs are, default its only one',
    targetsName: 'which array of an npz file the targets are, default its only one',
    loss: "'mse' for numbers (default), 'softmax-cross-entropy' for class indices from 0",
    classes: `number of classes, 2 to ${MAXIMUM_CLASSES}, default one more than the largest label`,
    validation: 'rows held out for validation, a share between 0 and 1 or a number of rows, default 0.1',
    test: 'rows held out for a test split, likewise, default 0 (none)',
    standardize: 'whether each input is given mean 0 and variance 1 over the training rows, default false',
    header: 'whether the first line of CSV files is a header, default false',
    inputsSha256: 'SHA-256 that the file of inputs must have, default the one it has',
    targetsSha256: 'SHA-256 that the file of targets must have, default the one it has',
  },
  references: [cite(singh2021, '§2.3')],
  create: (request) => arrayTask(request),
});

export default array;
