/** What holds for the data that a task loads. */

import type { Examples, ProgressEvent, Task, TaskData } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { expect } from 'vitest';

import type { Check } from '../check.js';

export interface DataChecksRequest {
  readonly seed: number;
  readonly dataFolder?: string | undefined;
  readonly distinctExamples: boolean;
}

const splitsOf = ({ train, validation, test }: TaskData): [name: string, examples: Examples][] => [
  ['train', train],
  ['validation', validation],
  ...(test === undefined ? [] : [['test', test] as [string, Examples]]),
];

const targetsOf = ({ targets }: Examples): Float32Array | Int32Array =>
  targets.kind === 'values' ? targets.values : targets.labels;

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Whether all inputs and targets of all splits agree bit by bit. */
function sameBits(one: TaskData, other: TaskData): boolean {
  const [first, second] = [splitsOf(one), splitsOf(other)].map((splits) =>
    splits.map(([, examples]) => [bytesOf(examples.inputs), bytesOf(targetsOf(examples))] as const),
  );
  return (
    first!.length === second!.length &&
    first!.every(([inputs, targets], at) => inputs.equals(second![at]![0]) && targets.equals(second![at]![1]))
  );
}

function checkShapes(task: Task, name: string, { count, inputs, targets }: Examples): void {
  expect(Number.isSafeInteger(count) && count > 0, `${name}: count ${count}`).toBe(true);
  expect(inputs.length, `${name}: inputs`).toBe(count * task.inputSize);
  expect(targets.kind, `${name}: targets for ${task.loss}`).toBe(task.loss === 'mse' ? 'values' : 'labels');
  const length = targets.kind === 'values' ? targets.values.length / task.outputSize : targets.labels.length;
  expect(length, `${name}: targets`).toBe(count);
}

function checkValues(task: Task, name: string, { inputs, targets }: Examples): void {
  expect(inputs.every(Number.isFinite), `${name}: finite inputs`).toBe(true);
  if (targets.kind === 'values') {
    expect(targets.values.every(Number.isFinite), `${name}: finite targets`).toBe(true);
  } else {
    const inRange = targets.labels.every((label) => label >= 0 && label < task.outputSize);
    expect(inRange, `${name}: labels below ${task.outputSize}`).toBe(true);
  }
}

/** How many rows of each split are there before it, or earlier in it. */
function repeatedRows(data: TaskData, inputSize: number): Record<string, number> {
  const seen = new Set<string>();
  return Object.fromEntries(
    splitsOf(data).map(([name, { count, inputs }]) => {
      let repeated = 0;
      for (let row = 0; row < count; row++) {
        const key = bytesOf(inputs.subarray(row * inputSize, (row + 1) * inputSize)).toString('latin1');
        if (seen.has(key)) repeated++;
        seen.add(key);
      }
      return [name, repeated];
    }),
  );
}

function checkProgress(events: readonly ProgressEvent[]): void {
  expect(events.length, 'number of progress events').toBeGreaterThan(0);
  for (const { label, completed, total } of events) {
    expect(label).toMatch(/^\S[^\n]*$/);
    expect(total > 0 && completed >= 0 && completed <= total, `${label}: ${completed} of ${total}`).toBe(
      true,
    );
  }
  const last = new Map(events.map((event) => [event.label, event]));
  for (const { label, completed, total } of last.values())
    expect(completed, `the end of ${label}`).toBe(total);
}

/** Checks of the data of a task; it is loaded three times in all. */
export function dataChecks(
  task: Task,
  { seed, dataFolder, distinctExamples }: DataChecksRequest,
): readonly Check[] {
  const events: ProgressEvent[] = [];
  const load = (seedOfLoad: number): Promise<TaskData> =>
    task.load({
      stream: createStream(seedOfLoad, 'task'),
      report: (event) => void events.push(event),
      ...(dataFolder === undefined ? {} : { dataFolder }),
    });
  let first: Promise<TaskData> | undefined;
  const loaded = (): Promise<TaskData> => (first ??= load(seed));
  const checks: Check[] = [
    {
      name: 'loads data of the sizes that it declares',
      run: async () =>
        splitsOf(await loaded()).forEach(([name, examples]) => checkShapes(task, name, examples)),
    },
    {
      name: 'loads finite values and labels in range',
      run: async () =>
        splitsOf(await loaded()).forEach(([name, examples]) => checkValues(task, name, examples)),
    },
    {
      name: 'loads the same bits for the same seed',
      run: async () => expect(sameBits(await loaded(), await load(seed))).toBe(true),
    },
    {
      name: 'loads other data, or another order, for another seed',
      run: async () => expect(sameBits(await loaded(), await load(seed + 1))).toBe(false),
    },
    {
      name: 'reports progress from some of the whole to all of it',
      async run() {
        await loaded();
        checkProgress(events);
      },
    },
  ];
  if (!distinctExamples) return checks;
  return [
    ...checks,
    {
      name: 'has no example twice, in one split or in two',
      async run() {
        const repeated = repeatedRows(await loaded(), task.inputSize);
        expect(
          Object.values(repeated).every((count) => count === 0),
          JSON.stringify(repeated),
        ).toBe(true);
      },
    },
  ];
}
