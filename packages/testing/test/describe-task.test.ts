import {
  cite,
  definePlugin,
  singh2021,
  type Examples,
  type PluginDefinition,
  type Task,
  type TaskContext,
  type TaskData,
} from '@meanfield/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { failingChecks, taskChecks } from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);

function examplesOf({ stream }: TaskContext, split: string, count: number): Examples {
  const inputs = new Float32Array(count * 2);
  stream.child(split).fillNormal(inputs, 1);
  return {
    count,
    inputs,
    targets: { kind: 'labels', labels: new Int32Array(count).map((_, row) => row % 3) },
  };
}

function load(context: TaskContext): Promise<TaskData> {
  const data = { train: examplesOf(context, 'train', 9), validation: examplesOf(context, 'validation', 4) };
  context.report({ label: 'drawing', completed: 2, total: 2 });
  return Promise.resolve(data);
}

const sound: Task = {
  name: 'test',
  inputSize: 2,
  outputSize: 3,
  loss: 'softmax-cross-entropy',
  metric: 'accuracy',
  defaults: { batchSize: 3, hiddenWidths: [4] },
  remarks: ['labels have nothing to do with inputs'],
  load,
};

const fixed: Examples = {
  count: 1,
  inputs: Float32Array.of(1, 2),
  targets: { kind: 'labels', labels: Int32Array.of(0) },
};

const definitionOf = (task: Task): PluginDefinition<'task'> =>
  definePlugin({
    kind: 'task',
    name: 'test',
    package: '@meanfield/testing',
    version: '0.1.0',
    summary: 'a task under test',
    options: z.strictObject({ size: z.int().min(1).default(1) }),
    optionDocs: { size: 'at least 1' },
    references: [cite(singh2021)],
    create: () => task,
  });

const failuresOf = (change: Partial<Task>): Promise<readonly string[]> =>
  failingChecks(taskChecks(definitionOf({ ...sound, ...change }), { packageFile, refused: [{ size: 0 }] }));

/** A task whose data are changed after they were loaded. */
const withData = (change: (data: TaskData) => TaskData): Partial<Task> => ({
  load: async (context) => change(await load(context)),
});

describe('describeTask', () => {
  it('passes a sound task', async () => {
    expect(await failuresOf({})).toEqual([]);
  });

  it.each<[string, Partial<Task>, string]>([
    ['another name', { name: 'other' }, 'is named'],
    ['no width', { defaults: { batchSize: 3, hiddenWidths: [0] } }, 'declares sizes'],
    ['accuracy of a regression', { loss: 'mse' }, 'declares a metric'],
    ['no conventions', { remarks: [] }, 'states its conventions'],
    ['inputs of another size', { inputSize: 3 }, 'loads data of the sizes'],
    ['labels for a regression', { loss: 'mse', metric: 'none' }, 'loads data of the sizes'],
    ['a label too many', { outputSize: 2 }, 'loads finite values and labels in range'],
    [
      'an input that is not finite',
      withData((data) => {
        data.validation.inputs[1] = NaN;
        return data;
      }),
      'loads finite values',
    ],
    [
      'the same data for every seed',
      withData((data) => ({ ...data, train: fixed, validation: fixed })),
      'for another seed',
    ],
    [
      'training examples to validate on',
      withData((data) => ({ ...data, validation: data.train })),
      'has no example twice',
    ],
    ['no progress', { load: (context) => load({ ...context, report: () => undefined }) }, 'reports progress'],
  ])('finds %s', async (_, change, name) => {
    const failures = await failuresOf(change);
    expect(
      failures.some((failure) => failure.includes(name)),
      failures.join('; '),
    ).toBe(true);
  });

  it('finds data that change from load to load', async () => {
    let loads = 0;
    const failures = await failuresOf(
      withData((data) => {
        data.train.inputs[0] = loads++;
        return data;
      }),
    );
    expect(failures).toEqual(['loads the same bits for the same seed']);
  });

  it('finds options that are not refused', async () => {
    const checks = taskChecks(definitionOf(sound), { packageFile, refused: [{ size: 2 }], dataFolder: null });
    expect(await failingChecks(checks)).toEqual(['refuses options out of their range']);
  });
});
