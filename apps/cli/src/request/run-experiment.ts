/** Runs one experiment for one command, outside any run folder. */

import type { ExperimentResult, JsonObject } from '@meanfield/core';
import { resolveCell, runExperiment as runHere } from '@meanfield/lab';

import type { Session } from '../session.js';

/**
 * Resolves options first, so that everything wrong with the request, and an output that cannot be written,
 * is known before any work starts.
 */
export async function runExperiment(
  session: Session,
  experiment: string,
  options: JsonObject,
): Promise<ExperimentResult> {
  const { cell } = resolveCell(session.lab, { experiment, options, seed: session.seed });
  session.requireOutput();
  return runHere(session.lab.get('experiment', experiment, cell.options), session.context());
}
