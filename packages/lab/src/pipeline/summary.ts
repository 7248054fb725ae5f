/** What a run did, in numbers. */

import type { UnfinishedRecord } from '../records/record.js';
import type { RunFolder } from '../records/run-folder.js';
import type { PlannedCell } from './planned-cells.js';

export interface RunSummary {
  readonly folder: string;
  /** Cells of the pipeline: the sum of the next five */
  readonly cells: number;
  /** Run now and complete */
  readonly complete: number;
  /** Complete already, so not run */
  readonly reused: number;
  /** Run now and failed */
  readonly failed: number;
  /** Run now and skipped, for want of data or of a backend */
  readonly skipped: number;
  /** Not run, because the run was stopped */
  readonly notRun: number;
  /** What failed or was skipped now, in the order of the pipeline */
  readonly unfinished: readonly { readonly title: string; readonly record: UnfinishedRecord }[];
  /** Bytes of a torn record that were cut away: an earlier run was killed while it wrote */
  readonly torn: number;
}

/** @param tried ids of the cells that this run has recorded */
export function summaryOf(
  run: RunFolder,
  planned: readonly PlannedCell[],
  pending: readonly PlannedCell[],
  tried: ReadonlySet<string>,
): RunSummary {
  const unfinished: { title: string; record: UnfinishedRecord }[] = [];
  let complete = 0;
  for (const { cell, title } of pending) {
    const record = tried.has(cell.id) ? run.recordOf(cell.id) : undefined;
    if (record?.status === 'complete') complete++;
    else if (record !== undefined) unfinished.push({ title, record });
  }
  const count = (status: UnfinishedRecord['status']): number =>
    unfinished.filter(({ record }) => record.status === status).length;
  return {
    folder: run.folder,
    cells: planned.length,
    complete,
    reused: planned.length - pending.length,
    failed: count('failed'),
    skipped: count('skipped'),
    notRun: pending.length - tried.size,
    unfinished,
    torn: run.torn,
  };
}
