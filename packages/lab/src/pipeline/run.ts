/** Runs a pipeline into a folder: cells with a complete record are not run again. */

import { silent, type Lab, type ProgressReporter } from '@meanfield/core';

import type { Executor } from '../executors/executor.js';
import { CHECKPOINT_SECONDS } from '../records/checkpoint-file.js';
import type { CellRecord } from '../records/record.js';
import { manifestIn, RunFolder } from '../records/run-folder.js';
import type { CellOutcome } from '../run-cell.js';
import type { Pipeline } from './pipeline.js';
import { planSettled } from './settled-plan.js';
import { plannedCells, type PlannedCell } from './planned-cells.js';
import { summaryOf, type RunSummary } from './summary.js';

export interface RunRequest {
  readonly pipeline: Pipeline;
  readonly lab: Lab;
  /** Made where it does not exist; a folder of an earlier run is continued */
  readonly folder: string;
  /** Closed by the caller; at once when `signal` fires */
  readonly executor: Executor;
  /** Progress of the run (label `cells`) and of each running cell (label `title: …`) */
  readonly report?: ProgressReporter;
  /** Called when a cell's record has been written */
  readonly onRecord?: (record: CellRecord, title: string) => void;
  /** How often whole experiments keep their state, default 30 s */
  readonly checkpointSeconds?: number;
  /** Begin no further cell after the first failure */
  readonly stopOnFailure?: boolean;
  /** Ends the run early; what has been recorded stays, and a later run continues */
  readonly signal?: AbortSignal;
}

const UNAVAILABLE: readonly string[] = ['DATA_UNAVAILABLE', 'BACKEND_UNAVAILABLE'];

function recordOf({ cell, optional }: PlannedCell, outcome: CellOutcome): CellRecord {
  const { timing } = outcome;
  const head = { cell: cell.id, experiment: cell.experiment };
  if (outcome.status === 'complete') return { ...head, status: 'complete', result: outcome.result, timing };
  const skipped = optional && UNAVAILABLE.includes(outcome.error.code);
  return { ...head, status: skipped ? 'skipped' : 'failed', error: outcome.error, timing };
}

/** Runs cells, as many at once as the executor can, and records them. Returns the ids of those recorded. */
async function runPending(
  request: RunRequest,
  run: RunFolder,
  pending: readonly PlannedCell[],
): Promise<ReadonlySet<string>> {
  const { executor, report = silent, onRecord, stopOnFailure = false, signal } = request;
  const { checkpointSeconds = CHECKPOINT_SECONDS } = request;
  const tried = new Set<string>();
  const queue = pending.values();
  let stopped = false;
  const isStopped = (): boolean => stopped || signal?.aborted === true;

  const runOne = async (planned: PlannedCell): Promise<void> => {
    const { cell, title } = planned;
    const toRun: ProgressReporter = (event) => report({ ...event, label: `${title}: ${event.label}` });
    const outcome = await executor.execute(cell, toRun, run.keepingOf(cell.id, checkpointSeconds));
    // A cell that ended because the run was ended has not failed.
    if (signal?.aborted === true && outcome.status === 'failed') return;
    const record = recordOf(planned, outcome);
    run.append(record);
    tried.add(cell.id);
    onRecord?.(record, title);
    report({ label: 'cells', completed: tried.size, total: pending.length, detail: title });
    stopped ||= stopOnFailure && record.status === 'failed';
  };
  const lane = async (): Promise<void> => {
    try {
      while (!isStopped()) {
        const { value, done } = queue.next();
        if (done === true) return;
        await runOne(value);
      }
    } catch (error) {
      stopped = true;
      if (signal?.aborted !== true) throw error;
    }
  };

  // All lanes are waited for, so that none writes after the folder is closed.
  const lanes = await Promise.allSettled(Array.from({ length: executor.concurrency }, lane));
  for (const each of lanes) if (each.status === 'rejected') throw each.reason;
  return tried;
}

/**
 * Runs a pipeline.
 *
 * Everything is resolved first, then the folder is opened: a request that is wrong leaves no trace. Failed
 * cells are recorded and do not stop the others; the next run tries them again.
 *
 * @throws MeanfieldError for what is wrong with the pipeline; OUTPUT_UNWRITABLE, INVALID_FILE for the folder;
 * whatever the executor rejects with
 */
export async function runPipeline(request: RunRequest): Promise<RunSummary> {
  const { pipeline, lab, folder, executor, signal } = request;
  const manifest = await planSettled(pipeline, lab, manifestIn(folder));
  const planned = plannedCells(manifest);
  const run = RunFolder.open(folder, manifest);
  const abort = (): void => void executor.close();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const pending = planned.filter(({ cell }) => run.recordOf(cell.id)?.status !== 'complete');
    const tried = await runPending(request, run, pending);
    run.finish();
    return summaryOf(run, planned, pending, tried);
  } finally {
    signal?.removeEventListener('abort', abort);
    run.close();
  }
}
