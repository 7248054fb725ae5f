/** The contract of a task plugin, as a test of a few lines. */

import { createLab, isMeanfieldError, type PluginDefinition, type Task } from '@meanfield/core';
import { expect } from 'vitest';

import { registerChecks, type Check } from './check.js';
import { definitionChecks } from './definition-checks.js';
import { dataChecks } from './task/data-checks.js';

export interface TaskContract {
  /** `new URL('../package.json', import.meta.url)` */
  readonly packageFile: URL;
  /** Options of the instance under test: few examples, since it is loaded three times; the defaults where left out */
  readonly options?: unknown;
  /** Options, each of which must be refused, beside the NaN and null that every option is tried with */
  readonly refused?: readonly unknown[];
  /** Plugins that the task asks its lab for */
  readonly plugins?: readonly PluginDefinition[];
  /** Where its files are; null where they are not at hand, so that nothing is loaded */
  readonly dataFolder?: string | null;
  /** Set false where the source itself has an example twice; default true */
  readonly distinctExamples?: boolean;
  /** Seed of everything drawn; default 1 */
  readonly seed?: number;
}

function refusalCode(create: () => unknown): unknown {
  try {
    create();
  } catch (error) {
    return isMeanfieldError(error) ? error.code : error;
  }
  return undefined;
}

function optionChecks(definition: PluginDefinition<'task'>, refused: readonly unknown[]): readonly Check[] {
  const always = Object.keys(definition.optionDocs).flatMap((name) => [{ [name]: NaN }, { [name]: null }]);
  return [
    {
      name: 'refuses options out of their range',
      run() {
        for (const options of [...always, ...refused]) {
          const code = refusalCode(() => definition.create(options));
          expect(code, JSON.stringify(options)).toBe('INVALID_OPTION');
        }
      },
    },
  ];
}

function positiveInteger(value: number, what: string): void {
  expect(Number.isSafeInteger(value) && value > 0, `${what}: ${value}`).toBe(true);
}

function declarationChecks(definition: PluginDefinition<'task'>, task: Task): readonly Check[] {
  const { name, inputSize, outputSize, loss, metric, defaults, remarks } = task;
  return [
    { name: 'is named as its definition', run: () => expect(name).toBe(definition.name) },
    {
      name: 'declares sizes and training defaults that a network can have',
      run() {
        positiveInteger(inputSize, 'inputSize');
        positiveInteger(outputSize, 'outputSize');
        positiveInteger(defaults.batchSize, 'batchSize');
        for (const width of defaults.hiddenWidths) positiveInteger(width, 'a hidden width');
      },
    },
    {
      name: 'declares a metric that its loss has',
      run: () => expect(metric === 'none' || loss === 'softmax-cross-entropy').toBe(true),
    },
    {
      name: 'states its conventions, each on a line',
      run() {
        expect(remarks.length, 'number of remarks').toBeGreaterThan(0);
        for (const remark of remarks) expect(remark).toMatch(/^\S[^\n]*\S$/);
      },
    },
  ];
}

/** The checks of `describeTask` as values. */
export function taskChecks(definition: PluginDefinition<'task'>, contract: TaskContract): readonly Check[] {
  const {
    packageFile,
    options,
    refused = [],
    plugins = [],
    dataFolder,
    distinctExamples = true,
    seed = 1,
  } = contract;
  const task = createLab([definition, ...plugins]).get('task', definition.name, options);
  return [
    ...definitionChecks(definition, packageFile),
    ...optionChecks(definition, refused),
    ...declarationChecks(definition, task),
    ...(dataFolder === null ? [] : dataChecks(task, { seed, dataFolder, distinctExamples })),
  ];
}

/**
 * Registers the contract tests of a task plugin with vitest: its definition and options; declared sizes,
 * defaults and conventions; data of those sizes, finite, with labels in range, split without overlap, fixed by
 * the seed and different for another, loaded with sensible progress.
 */
export function describeTask(definition: PluginDefinition<'task'>, contract: TaskContract): void {
  const options = contract.options === undefined ? '' : ` with ${JSON.stringify(contract.options)}`;
  registerChecks(`task ${definition.name}${options}`, taskChecks(definition, contract));
}
