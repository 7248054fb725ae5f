import type { Lab } from '@meanfield/core';

import { checkpointFile } from '../records/checkpoint-file.js';
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
    execute: (cell, report, kept) =>
      runCell(
        lab,
        cell,
        { report, ...(dataFolder === undefined ? {} : { dataFolder }) },
        kept === undefined
          ? {}
          : { parts: kept.parts, whole: { checkpoint: checkpointFile(kept.checkpoint, cell.id) } },
      ),
    close: () => Promise.resolve(),
  };
}
