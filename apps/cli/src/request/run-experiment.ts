/** Runs one experiment for one command, outside any run folder. */

import type { ExperimentResult, JsonObject } from '@meanfield/core';
import { resolveCell, runInParallel } from '@meanfield/lab';

import type { Session } from '../session.js';

/**
 * Resolves options first, so that everything wrong with the request, and an output that cannot be written,
 * is known before any work starts.
 *
 * @param threads for experiments in parts; workers start only where they save time
 */
export async function runExperiment(
  session: Session,
  experiment: string,
  options: JsonObject,
  threads = 1,
): Promise<ExperimentResult> {
  const { cell } = resolveCell(session.lab, { experiment, options, seed: session.seed });
  session.requireOutput();
  return runInParallel(session.lab, cell, { report: session.report, threads: session.threads(threads) });
}
