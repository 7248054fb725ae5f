import { mkdirSync } from 'node:fs';
import { relative } from 'node:path';

import {
  createLab,
  isMeanfieldError,
  silent,
  type Examples,
  type MeanfieldError,
  type Task,
  type TaskData,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { writeNpz } from '@meanfield/tensor-files';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import array, { type ArrayOptions } from '../src/index.js';
import { folder, normals, put, putNpy } from './files.js';

const taskOf = (options: ArrayOptions): Task => createLab([array]).get('task', 'array', options);
const load = (options: ArrayOptions, seed = 1): Promise<TaskData> =>
  taskOf(options).load({ stream: createStream(seed, 'task'), report: silent });
function refusalOf(options: ArrayOptions): MeanfieldError {
  try {
    taskOf(options);
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
const targetRow = ({ targets, count }: Examples, row: number): number[] => {
  if (targets.kind === 'labels') return [targets.labels[row]!];
  const width = targets.values.length / count;
  return [...targets.values.subarray(row * width, (row + 1) * width)];
};
/** Inputs and targets of each row, as text. */
const pairsOf = (examples: Examples): string[] =>
  Array.from({ length: examples.count }, (_, row) => {
    const width = examples.inputs.length / examples.count;
    return `${examples.inputs.subarray(row * width, (row + 1) * width).join()} → ${targetRow(examples, row).join()}`;
  });

const x = normals(30);
const y = normals(20, 'targets');
const inputs = putNpy('x.npy', [10, 3], x);
const targets = putNpy('y.npy', [10, 2], y);
const filePairs = Array.from(
  { length: 10 },
  (_, row) => `${x.subarray(row * 3, row * 3 + 3).join()} → ${y.subarray(row * 2, row * 2 + 2).join()}`,
);

describe('rows', () => {
  it('all come once, in one split or another, with their targets', async () => {
    const { train, validation, test } = await load({ inputs, targets, validation: 3, test: 2 });
    expect([train.count, validation.count, test?.count]).toEqual([5, 3, 2]);
    const found = [...pairsOf(train), ...pairsOf(validation), ...pairsOf(test!)];
    expect(found.sort()).toEqual([...filePairs].sort());
  });

  it('are held out the same whatever else is, and by shares as by numbers', async () => {
    const alone = await load({ inputs, targets, validation: 0.3 });
    const both = await load({ inputs, targets, validation: 3, test: 0.2 });
    expect(both.validation).toEqual(alone.validation);
    expect(alone.test).toBeUndefined();
    expect((await load({ inputs, targets, validation: 0.01 })).validation.count).toBe(1);
    expect((await load({ inputs, targets }, 2)).validation).not.toEqual(
      (await load({ inputs, targets })).validation,
    );
  });

  it('are flattened, one target a row where the file has one axis', async () => {
    const images = putNpy('images.npy', [10, 1, 3], x);
    const column = putNpy('column.npy', [10], y.slice(0, 10));
    const task = taskOf({ inputs: images, targets: column });
    expect([task.inputSize, task.outputSize]).toEqual([3, 1]);
    expect((await load({ inputs: images, targets })).train).toEqual((await load({ inputs, targets })).train);
  });

  it('lie in memory that the threads of a backend share', async () => {
    const { train } = await load({ inputs, targets });
    expect(train.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('are the same from npy, npz and CSV, by a relative path too', async () => {
    const expected = await load({ inputs, targets });
    const lines = (values: Float32Array, width: number): string =>
      Array.from({ length: 10 }, (_, row) => values.subarray(row * width, (row + 1) * width).join()).join(
        '\n',
      );
    const both = put(
      'both.npz',
      writeNpz([['x', { shape: [10, 3], data: x }], ['y', { shape: [10, 2], data: y }]]), // prettier-ignore
    );
    const one = put('one.npz', writeNpz([['only', { shape: [10, 2], data: y }]]));
    const csvInputs = put('x.csv', `a,b,c\n${lines(x, 3)}\n`);
    const csvTargets = put('y.csv', `d,e\r\n${lines(y, 2)}`);
    expect(await load({ inputs: both, inputsName: 'x', targets: both, targetsName: 'y' })).toEqual(expected);
    expect(await load({ inputs: relative('.', inputs), targets: one })).toEqual(expected);
    expect(await load({ inputs: csvInputs, targets: csvTargets, header: true })).toEqual(expected);
  });
});

describe('labels', () => {
  const labels = putNpy('labels.npy', [10, 1], Int32Array.of(0, 1, 2, 0, 1, 2, 0, 1, 2, 1));
  const loss = 'softmax-cross-entropy';

  it('are classes up to the largest, or as many as there are said to be', async () => {
    const task = taskOf({ inputs, targets: labels, loss });
    expect([task.outputSize, task.metric]).toEqual([3, 'accuracy']);
    expect(taskOf({ inputs, targets: labels, loss, classes: 5 }).outputSize).toBe(5);
    const { train } = await load({ inputs, targets: labels, loss });
    expect(train.targets.kind).toBe('labels');
    const csv = put('labels.csv', '0\n1\n2\n0\n1\n2\n0\n1\n2\n1\n');
    expect((await load({ inputs, targets: csv, loss })).train).toEqual(train);
  });

  it.each<[string, number[], Partial<ArrayOptions>, RegExp]>([
    [
      'a fraction',
      [0, 1, 1.5, 0, 0, 0, 0, 0, 0, 0],
      {},
      /labels in bad-.*\.npy, found 1\.5 in row 2 \(from 0\)/,
    ],
    ['a negative number', [0, -1, 0, 0, 0, 0, 0, 0, 0, 0], {}, /found -1 in row 1/],
    ['NaN', [0, 1, NaN, 0, 0, 0, 0, 0, 0, 0], {}, /found NaN in row 2/],
    [
      'a label beyond the classes',
      [0, 1, 3, 0, 0, 0, 0, 0, 0, 0],
      { classes: 3 },
      /from 0 to 2 .* found 3 in row 2/,
    ],
    ['an absurd label', [0, 1e9, 0, 0, 0, 0, 0, 0, 0, 0], {}, /from 0 to 16383/],
    ['one class', [0, 0, 0, 0, 0, 0, 0, 0, 0, 0], {}, /at least two classes/],
  ])('refuse %s', (name, values, options, sentence) => {
    const bad = relative(
      folder,
      putNpy(`bad-${name.replaceAll(' ', '-')}.npy`, [10], Float64Array.from(values)),
    );
    const error = refusalOf({ inputs, targets: `${folder}/${bad}`, loss, ...options });
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message.replaceAll(`${folder}/`, '')).toMatch(sentence);
  });

  it('refuse one-hot rows', () => {
    expect(refusalOf({ inputs, targets, loss }).message).toMatch(
      /one label a row .*; pass class indices, not one-hot/,
    );
  });
});

describe('standardize', () => {
  it('gives each input mean 0 and variance 1 over the training rows, and only centres one that is constant', async () => {
    const values = Float32Array.from({ length: 40 * 3 }, (_, at) =>
      at % 3 === 0 ? 0.1 : at % 3 === 1 ? 1e3 + normals(120)[at]! : normals(120)[at]! * 1e-3,
    );
    const wide = putNpy('wide.npy', [40, 3], values);
    const column = putNpy('wide-y.npy', [40], normals(40));
    const { train, validation } = await load({
      inputs: wide,
      targets: column,
      standardize: true,
      validation: 10,
    });
    for (let input = 0; input < 3; input++) {
      const found = Array.from({ length: 30 }, (_, row) => train.inputs[row * 3 + input]!);
      const mean = found.reduce((sum, value) => sum + value, 0) / 30;
      const square = found.reduce((sum, value) => sum + value * value, 0) / 30;
      expect(Math.abs(mean)).toBeLessThan(1e-6);
      expect(square).toBeCloseTo(input === 0 ? 0 : 1, 5);
      if (input === 0) expect(found.every((value) => value === 0)).toBe(true);
    }
    expect(validation.inputs[0]).toBe(0);
  });
});

describe('files that do not fit', () => {
  const refusal = (options: Partial<ArrayOptions>): string => {
    const error = refusalOf({ inputs, targets, ...options });
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/^Expected [^\n]*; [^\n]*\.$/);
    return error.message.replaceAll(`${folder}/`, '');
  };

  it('are named, with what is wrong and where', () => {
    const nan = putNpy(
      'nan.npy',
      [10, 3],
      x.map((value, at) => (at === 17 ? NaN : value)),
    );
    const large = putNpy(
      'large.npy',
      [10, 3],
      Float64Array.from(x, (value, at) => (at === 4 ? 1e300 : value)),
    );
    const npz = put('two.npz', writeNpz([['a', { shape: [1], data: y.slice(0, 1) }], ['b', { shape: [1], data: y.slice(0, 1) }]])); // prettier-ignore
    mkdirSync(`${folder}/directory.npy`);
    const cases: [Partial<ArrayOptions>, RegExp][] = [
      [{ inputs: nan }, /in nan\.npy, found NaN in row 5, column 2 \(from 0\)/],
      [{ inputs: large }, /as float32 holds them, in large\.npy, found 1e\+300 in row 1, column 1/],
      [
        { targets: putNpy('short.npy', [9], y.slice(0, 9)) },
        /as many rows in short\.npy as in x\.npy, 10, found 9/,
      ],
      [
        { inputs: putNpy('scalar.npy', [], y.slice(0, 1)) },
        /at least 2 rows .* in scalar\.npy, found shape \[\]/,
      ],
      [{ inputs: putNpy('empty.npy', [10, 0], y.slice(0, 0)) }, /found shape \[10,0\]/],
      [{ inputs: put('ragged.csv', '1,2\n3\n') }, /2 numbers in line 2 of ragged\.csv/],
      [{ inputs: put('named.csv', 'a,b\n1,2\n') }, /line 1, column 1 of named\.csv, found "a"; .* header/],
      [{ inputs: put('broken.npy', 'NUMPY') }, /broken\.npy to be an npy file/],
      [{ inputs: npz }, /one array in two\.npz, or its name, found "a", "b"; name one/],
      [{ inputs: npz, inputsName: 'c' }, /an array "c" in two\.npz, found "a", "b"/],
      [{ inputsName: 'c' }, /an npz file, where one array is named "c"/],
      [{ inputs: put('x.xlsx', '1') }, /ends in \.npy, \.npz or \.csv, found "x\.xlsx"/],
      [
        { inputs: `${folder}/nothing.npy` },
        /option inputs of task array, found "nothing\.npy" \(no such file, /,
      ],
      [{ targets: `${folder}/directory.npy` }, /option targets .*plain file/],
    ];
    for (const [options, sentence] of cases) expect(refusal(options)).toMatch(sentence);
  });

  it('are refused when they have changed since their digest was noted', () => {
    const path = putNpy('changing.npy', [10, 3], x);
    const parsed = array.options['~standard'].validate({ inputs: path, targets }) as {
      readonly value: ArrayOptions;
    };
    expect(parsed.value.inputsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(array.options['~standard'].validate(parsed.value)).toEqual(parsed);
    putNpy(
      'changing.npy',
      [10, 3],
      x.map((value) => value + 1),
    );
    const error = refusalOf(parsed.value);
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toMatch(/the file has changed: its SHA-256 is/);
  });

  it('never fail otherwise, whatever their bytes are', () => {
    fc.assert(
      fc.property(fc.constantFrom('npy', 'npz', 'csv'), fc.uint8Array({ maxLength: 60 }), (ending, bytes) => {
        const path = put(`any.${ending}`, bytes);
        try {
          taskOf({ inputs: path, targets });
        } catch (error) {
          if (!isMeanfieldError(error) || error.exitCode !== 2) throw error;
        }
      }),
      { seed: 1, numRuns: 100 },
    );
  });
});

describe('the task', () => {
  it('trains as singh2021 does, in 100 steps an epoch', () => {
    const { defaults, loss, metric } = taskOf({ inputs, targets });
    expect({ loss, metric }).toEqual({ loss: 'mse', metric: 'none' });
    expect(defaults.hiddenWidths).toEqual(new Array<number>(10).fill(100));
    expect(defaults.batchSize).toBe(1);
    const many = {
      inputs: putNpy('many.npy', [1112], normals(1112)),
      targets: putNpy('t.npy', [1112], normals(1112)),
    };
    expect(taskOf(many).defaults.batchSize).toBe(Math.ceil((1112 - 111) / 100));
  });

  it('states what it makes of the files', () => {
    const { remarks } = taskOf({ inputs, targets, standardize: true, test: 1 });
    expect(remarks).toEqual([
      'inputs are "x.npy", targets "y.npy", 10 rows',
      'held out by the seed: 1 for validation, 1 for test',
      'each input has mean 0 and variance 1 over the training rows',
      'the output layer is linear, targets are as they are in the file',
    ]);
  });
});
