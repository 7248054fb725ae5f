/** One cell in the threads of a pool: a whole experiment in one of them, parts in all that are free. */

import { MeanfieldError, type ExperimentResult, type Json, type ProgressReporter } from '@meanfield/core';

import type { Cell } from '../cell.js';
import { PartQueue, type PartRunner } from '../parts/part-queue.js';
import type { CellKeeping } from './executor.js';
import type { Reply, Task } from './messages.js';
import type { ThreadPool } from './thread-pool.js';

function unexpected({ kind }: Task, reply: Reply): MeanfieldError {
  return new MeanfieldError({
    code: 'INTERNAL',
    expected: `what a worker thread answers to a task of kind ${kind}`,
    found: reply.kind,
    remedy: 'install the same versions everywhere',
  });
}

/** Runs parts in the pool's threads. */
export function pooledParts(pool: ThreadPool, cell: Cell): PartRunner {
  return async (index, report): Promise<Json> => {
    const task: Task = { kind: 'part', cell, index };
    const reply = await pool.run(task, { report });
    if (reply.kind !== 'part') throw unexpected(task, reply);
    return reply.found;
  };
}

export interface ThreadedRun {
  readonly report: ProgressReporter;
  /** Called when work begins */
  readonly begin: () => void;
  readonly kept: CellKeeping | undefined;
}

/**
 * Runs a cell. The same bits for any number of threads: parts are combined in their order, in one of the threads.
 *
 * @throws what the experiment throws; MeanfieldError CELL_FAILED when a thread dies of it; what the pool cannot do
 */
export async function runInThreads(
  pool: ThreadPool,
  cell: Cell,
  { report, begin, kept }: ThreadedRun,
): Promise<ExperimentResult> {
  const open: Task = { kind: 'cell', cell, checkpoint: kept?.checkpoint };
  const first = await pool.run(open, { report, begin });
  if (first.kind === 'result') return first.outcome;
  if (first.kind !== 'parted') throw unexpected(open, first);
  const queue = new PartQueue({
    parts: first.parts,
    label: cell.experiment,
    report,
    kept: kept?.parts,
  });
  await queue.drain(pool.size, pooledParts(pool, cell));
  const combine: Task = { kind: 'combine', cell, parts: queue.values() };
  const last = await pool.run(combine);
  if (last.kind !== 'result') throw unexpected(combine, last);
  return last.outcome;
}
