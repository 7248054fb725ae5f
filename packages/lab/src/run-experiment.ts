/** An experiment, whole or in parts, in this thread. */

import type {
  Experiment,
  ExperimentContext,
  ExperimentResult,
  PartedExperiment,
  WholeExperiment,
} from '@meanfield/core';
import { setImmediate as turn } from 'node:timers/promises';

import { requireJsonResult, runPart, type WholeSettings } from './open-cell.js';
import type { FoundParts } from './records/found-parts.js';
import { PartQueue, type PartRunner } from './parts/part-queue.js';

/** What is there of an earlier run of the cell, and where more is kept */
export interface Kept {
  readonly parts?: FoundParts | undefined;
  readonly whole?: WholeSettings | undefined;
}

export function isWhole(experiment: Experiment): experiment is WholeExperiment {
  return 'run' in experiment;
}

export async function runWhole(
  experiment: WholeExperiment,
  context: ExperimentContext,
  settings: WholeSettings = {},
): Promise<ExperimentResult> {
  return requireJsonResult(experiment.name, await experiment.run({ ...context, ...settings }));
}

/** Runs parts in this thread. */
export function partRunner(experiment: PartedExperiment, context: ExperimentContext): PartRunner {
  return async (index, report) => {
    // Parts that never wait would keep signals and timers from their turn.
    await turn();
    return runPart(experiment, index, { ...context, report });
  };
}

/**
 * Runs an experiment from beginning to end; parts one after another.
 *
 * @throws whatever the experiment throws; MeanfieldError INVALID_ARGUMENT where what it found is not JSON
 */
export async function runExperiment(
  experiment: Experiment,
  context: ExperimentContext,
  kept: Kept = {},
): Promise<ExperimentResult> {
  if (isWhole(experiment)) return runWhole(experiment, context, kept.whole);
  const { name, parts } = experiment;
  const queue = new PartQueue({ parts, label: name, report: context.report, kept: kept.parts });
  await queue.drain(1, partRunner(experiment, context));
  return requireJsonResult(name, experiment.combine(queue.values()));
}
