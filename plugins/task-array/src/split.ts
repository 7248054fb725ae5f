/** Rows shared out to training, validation and test by the seed, and standardized by those trained on. */

import {
  MeanfieldError,
  sharedFloats,
  type Examples,
  type RandomStream,
  type TaskData,
} from '@meanfield/core';
import { shuffledOrder } from '@meanfield/numerics';

import type { Rows } from './rows.js';

export interface SplitCounts {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** A share of the rows below 1, at least one of them; from 1 on a number of them. */
const countOf = (part: number, rows: number): number =>
  part === 0 || part >= 1 ? part : Math.max(1, Math.round(part * rows));

/** @throws MeanfieldError INVALID_OPTION where no row is left to train on */
export function splitCounts(rows: number, { validation, test }: Omit<SplitCounts, 'train'>): SplitCounts {
  const held = { validation: countOf(validation, rows), test: countOf(test, rows) };
  const train = rows - held.validation - held.test;
  if (train >= 1) return { train, ...held };
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `rows to train on beside those for validation and test, of ${rows} rows`,
    found: `${held.validation} for validation and ${held.test} for test`,
    remedy: 'hold out fewer with validation and test of task array',
  });
}

/** The rows in the order that `stream` gives: those for validation first, then those for test, then the training rows. */
export function splitRows(
  rows: Rows,
  { validation, test }: SplitCounts,
  standardize: boolean,
  stream: RandomStream,
): TaskData {
  const order = shuffledOrder(rows.count, stream.child('order'));
  const train = order.subarray(validation + test);
  const scaling = standardize ? scalingOf(rows, train) : undefined;
  const examples = (chosen: Uint32Array): Examples => examplesOf(rows, chosen, scaling);
  return {
    train: examples(train),
    validation: examples(order.subarray(0, validation)),
    ...(test === 0 ? {} : { test: examples(order.subarray(validation, validation + test)) }),
  };
}

/** (x − mean) / deviation of each input. */
interface Scaling {
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

/** Over the training rows, in float64. An input that is the same in all of them is only centred. */
function scalingOf({ inputs, inputSize }: Rows, train: Uint32Array): Scaling {
  const mean = new Float64Array(inputSize);
  const variance = new Float64Array(inputSize);
  const varies = new Uint8Array(inputSize);
  const first = train[0]! * inputSize;
  const each = (body: (column: number, x: number) => void): void => {
    for (const row of train)
      for (let column = 0; column < inputSize; column++) body(column, inputs[row * inputSize + column]!);
  };
  each((column, x) => {
    mean[column]! += x / train.length;
    if (x !== inputs[first + column]!) varies[column] = 1;
  });
  each((column, x) => (variance[column]! += (x - mean[column]!) ** 2 / train.length));
  return {
    // The mean of equal numbers is that number, without the sum's rounding.
    mean: mean.map((value, column) => (varies[column] === 1 ? value : inputs[first + column]!)),
    deviation: variance.map((value, column) => (varies[column] === 1 ? Math.sqrt(value) : 1)),
  };
}

function examplesOf(rows: Rows, chosen: Uint32Array, scaling: Scaling | undefined): Examples {
  const { inputSize, outputSize, targets } = rows;
  const inputs = gather(rows.inputs, inputSize, chosen);
  if (scaling !== undefined) standardizeRows(inputs, inputSize, scaling);
  return {
    count: chosen.length,
    inputs,
    targets:
      targets.kind === 'values'
        ? { kind: 'values', values: gather(targets.values, outputSize, chosen) }
        : { kind: 'labels', labels: Int32Array.from(chosen, (row) => targets.labels[row]!) },
  };
}

function gather(values: Float32Array, width: number, chosen: Uint32Array): Float32Array {
  const gathered = sharedFloats(chosen.length * width);
  chosen.forEach((row, at) => gathered.set(values.subarray(row * width, (row + 1) * width), at * width));
  return gathered;
}

function standardizeRows(inputs: Float32Array, width: number, { mean, deviation }: Scaling): void {
  for (let at = 0; at < inputs.length; at++) {
    const column = at % width;
    inputs[at] = (inputs[at]! - mean[column]!) / deviation[column]!;
  }
  const stray = inputs.findIndex((value) => !Number.isFinite(value));
  if (stray === -1) return;
  throw new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `input ${stray % width} (from 0) to vary enough over the training rows to be standardized`,
    found: `a deviation of ${deviation[stray % width]}`,
    remedy: 'leave that input out, or standardize out',
  });
}
