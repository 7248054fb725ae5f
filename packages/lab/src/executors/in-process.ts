import type { Lab } from '@meanfield/core';

import { runCell } from '../run-cell.js';
import type { Executor } from './executor.js';

export interface InProcessSettings {
  readonly lab: Lab;
  /** Folder with data files for tasks that need them */
  readonly dataFolder?: string | undefined;
}

/** Runs cells in this thread, one after another. */
export function createInProcessExecutor({ lab, dataFolder }: InProcessSettings): Executor {
  return {
    concurrency: 1,
    execute: (cell, report, parts) =>
      runCell(lab, cell, { report, ...(dataFolder === undefined ? {} : { dataFolder }) }, parts),
    close: () => Promise.resolve(),
  };
}
