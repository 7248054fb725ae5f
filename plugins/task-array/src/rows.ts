/** Arrays as rows of examples: shapes, finiteness and labels checked, by file and row. */

import { MeanfieldError, show, type Loss, type Targets } from '@meanfield/core';
import type { Tensor } from '@meanfield/tensor-files';

/** 2 GiB of float32. */
const MAXIMUM_VALUES = 2 ** 29;
const MAXIMUM_CLASSES = 16_384;

/** An array with the name of its file, for sentences. */
interface NamedArray {
  readonly path: string;
  readonly tensor: Tensor;
}

/** Rows that belong together, in the order of the files. */
export interface Rows {
  readonly count: number;
  readonly inputSize: number;
  readonly outputSize: number;
  /** Row-major [count, inputSize] */
  readonly inputs: Float32Array;
  readonly targets: Targets;
}

function refusal(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_FILE', expected, found, remedy });
}

/** The first axis counts rows; what the others hold is one row, flattened. Throws INVALID_FILE. */
function shapeOf({ path, tensor: { shape, data } }: NamedArray): { count: number; width: number } {
  const [count = 0] = shape;
  const width = count === 0 ? 0 : data.length / count;
  if (count < 2 || width < 1 || data.length > MAXIMUM_VALUES) {
    throw refusal(
      `at least 2 rows and at most ${MAXIMUM_VALUES} values in ${path}`,
      `shape ${show(shape)}`,
      'let the first axis count the examples',
    );
  }
  return { count, width };
}

/** As float32, in which every value must be finite. Throws INVALID_FILE. */
function finiteValues({ path, tensor: { data } }: NamedArray, width: number): Float32Array {
  const values = data instanceof Float32Array ? data : Float32Array.from(data);
  const stray = values.findIndex((value) => !Number.isFinite(value));
  if (stray === -1) return values;
  throw refusal(
    `finite numbers, as float32 holds them, in ${path}`,
    `${data[stray]} in row ${Math.floor(stray / width)}, column ${stray % width} (from 0)`,
    'leave such rows out',
  );
}

/** @param classes how many there are; one more than the largest label when undefined. Throws INVALID_FILE. */
function labelsOf(
  { path, tensor: { data, shape } }: NamedArray,
  width: number,
  classes: number | undefined,
): { labels: Int32Array; classes: number } {
  if (width !== 1) {
    throw refusal(
      `one label a row in ${path}`,
      `shape ${show(shape)}`,
      'pass class indices, not one-hot rows',
    );
  }
  const most = classes ?? MAXIMUM_CLASSES;
  const stray = data.findIndex((label) => !Number.isInteger(label) || label < 0 || label >= most);
  if (stray !== -1) {
    throw refusal(
      `whole numbers from 0 to ${most - 1} as labels in ${path}`,
      `${data[stray]} in row ${stray} (from 0)`,
      'number the classes from 0',
    );
  }
  const labels = Int32Array.from(data);
  const largest = labels.reduce((a, b) => Math.max(a, b), 0);
  if (classes === undefined && largest === 0) {
    throw refusal(
      `labels of at least two classes in ${path}`,
      'the label 0 in every row',
      'add another class',
    );
  }
  return { labels, classes: classes ?? largest + 1 };
}

export interface RowsRequest {
  readonly inputs: NamedArray;
  readonly targets: NamedArray;
  readonly loss: Loss;
  readonly classes?: number | undefined;
}

/** @throws MeanfieldError INVALID_FILE, naming the file and where in it */
export function rowsOf({ inputs, targets, loss, classes }: RowsRequest): Rows {
  const { count, width: inputSize } = shapeOf(inputs);
  const { count: targetCount, width } = shapeOf(targets);
  if (targetCount !== count) {
    throw refusal(
      `as many rows in ${targets.path} as in ${inputs.path}, ${count}`,
      String(targetCount),
      'let row i of one belong to row i of the other',
    );
  }
  const values = finiteValues(inputs, inputSize);
  if (loss === 'mse') {
    const targetValues = finiteValues(targets, width);
    return {
      count,
      inputSize,
      outputSize: width,
      inputs: values,
      targets: { kind: 'values', values: targetValues },
    };
  }
  const found = labelsOf(targets, width, classes);
  return {
    count,
    inputSize,
    outputSize: found.classes,
    inputs: values,
    targets: { kind: 'labels', labels: found.labels },
  };
}
