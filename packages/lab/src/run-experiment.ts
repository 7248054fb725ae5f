/** An experiment, whole or in parts, in this thread. */

import type { Experiment, ExperimentContext, ExperimentResult, Json } from '@meanfield/core';

/** Runs an experiment from beginning to end; parts one after another. */
export async function runExperiment(
  experiment: Experiment,
  context: ExperimentContext,
): Promise<ExperimentResult> {
  if ('run' in experiment) return experiment.run(context);
  const parts: Json[] = [];
  for (let index = 0; index < experiment.parts; index++) parts.push(await experiment.runPart(index, context));
  return experiment.combine(parts);
}
