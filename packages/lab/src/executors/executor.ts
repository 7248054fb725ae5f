/** Who runs cells: this process, worker threads, one day a cluster. */

import type { ProgressReporter } from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { CheckpointPlace } from '../records/checkpoint-file.js';
import type { FoundParts } from '../records/found-parts.js';
import type { CellOutcome } from '../run-cell.js';

/** Where what is found of a cell is kept until its record is complete. */
export interface CellKeeping {
  readonly parts: FoundParts;
  readonly checkpoint: CheckpointPlace;
}

export interface Executor {
  /** How many cells it runs at once */
  readonly concurrency: number;
  /**
   * Runs one cell. What goes wrong in the cell is in the outcome; a rejection means that the executor itself
   * cannot work (its workers do not start, or it has been closed).
   *
   * @param kept what an earlier run of the cell left, and where to keep more: found parts of an experiment in parts, the
   * state of a whole one
   */
  execute(cell: Cell, report: ProgressReporter, kept?: CellKeeping): Promise<CellOutcome>;
  /** Ends its workers at once, also those that are running a cell. */
  close(): Promise<void>;
}
