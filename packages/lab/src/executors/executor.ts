/** Who runs cells: this process, worker threads, one day a cluster. */

import type { ProgressReporter } from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { FoundParts } from '../records/found-parts.js';
import type { CellOutcome } from '../run-cell.js';

export interface Executor {
  /** How many cells it runs at once */
  readonly concurrency: number;
  /**
   * Runs one cell. What goes wrong in the cell is in the outcome; a rejection means that the executor itself
   * cannot work (its workers do not start, or it has been closed).
   *
   * @param parts of an experiment in parts: those that need not run again, and where to keep others as they are done
   */
  execute(cell: Cell, report: ProgressReporter, parts?: FoundParts): Promise<CellOutcome>;
  /** Ends its workers at once, also those that are running a cell. */
  close(): Promise<void>;
}
