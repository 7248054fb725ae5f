/** Runs experiments for one command, outside any run folder. */

import type { ExperimentResult, JsonObject } from '@meanfield/core';
import { resolveCell, runInParallel } from '@meanfield/lab';

import type { Session } from '../session.js';

export interface ExperimentRequest {
  readonly experiment: string;
  readonly options: JsonObject;
}

/**
 * Resolves all options first, so that everything wrong with a request, and an output that cannot be written,
 * is known before any work starts; then runs one experiment after the other.
 *
 * @param threads for experiments in parts; workers start only where they save time
 */
export async function runExperiments(
  session: Session,
  requests: readonly ExperimentRequest[],
  threads: number,
): Promise<readonly ExperimentResult[]> {
  const { lab, seed, report } = session;
  const cells = requests.map((request) => resolveCell(lab, { ...request, seed }).cell);
  session.requireOutput();
  const results: ExperimentResult[] = [];
  for (const cell of cells) {
    results.push(await runInParallel(lab, cell, { report, threads: session.threads(threads) }));
  }
  return results;
}

/** One experiment, in this thread. */
export async function runExperiment(
  session: Session,
  experiment: string,
  options: JsonObject,
): Promise<ExperimentResult> {
  const [found] = await runExperiments(session, [{ experiment, options }], 1);
  return found!;
}
