/** From a cell to the experiment that it is, and to its results as records can hold them. */

import {
  MeanfieldError,
  type CheckpointStore,
  type Experiment,
  type ExperimentContext,
  type ExperimentResult,
  type Json,
  type JsonObject,
  type Lab,
  type PartedExperiment,
  type ProgressReporter,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import { requireJson } from './canonical-json.js';
import type { Cell } from './cell.js';

export interface RunCellSettings {
  readonly report: ProgressReporter;
  /** Folder with data files for tasks that need them */
  readonly dataFolder?: string;
}

/** What a whole experiment is given beside that, where there is any. */
export interface WholeSettings {
  readonly checkpoint?: CheckpointStore;
  readonly keepParameters?: NonNullable<ExperimentContext['keepParameters']>;
}

/**
 * Makes the cell's experiment.
 *
 * A lab with other versions than the cell was resolved with would put wrong results under its id.
 *
 * @throws MeanfieldError CELL_FAILED where versions differ; whatever making the experiment throws
 */
export function openCell(lab: Lab, { id, experiment, options, plugins }: Cell): Experiment {
  for (const { kind, name, version } of plugins) {
    const here = lab.definition(kind, name).version;
    if (here !== version) {
      throw new MeanfieldError({
        code: 'CELL_FAILED',
        expected: `${kind} ${name} at version ${version}, which cell ${id} was resolved with`,
        found: `version ${here} where it runs`,
        remedy: 'install the same versions everywhere',
      });
    }
  }
  return lab.get('experiment', experiment, options);
}

export function contextOf({ seed }: Cell, settings: RunCellSettings): ExperimentContext {
  return { stream: createStream(seed), ...settings };
}

/** What an experiment found, checked to be JSON. Throws INVALID_ARGUMENT, naming the place. */
export function requireJsonResult(name: string, { result, timing = {} }: ExperimentResult): ExperimentResult {
  return {
    result: requireJson(result, `the result of experiment ${name}`) as JsonObject,
    timing: requireJson(timing, `the timing of experiment ${name}`) as JsonObject,
  };
}

/** What one part found, checked to be JSON. Throws INVALID_ARGUMENT, naming the place; and what the part throws. */
export async function runPart(
  experiment: PartedExperiment,
  index: number,
  context: ExperimentContext,
): Promise<Json> {
  const found = await experiment.runPart(index, context);
  return requireJson(found, `part ${index} of experiment ${experiment.name}`);
}
