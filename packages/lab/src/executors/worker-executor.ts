import { MeanfieldError, show, type Json } from '@meanfield/core';

import { outcomeOf } from '../run-cell.js';
import type { Executor } from './executor.js';
import { runInThreads } from './run-in-threads.js';
import { ThreadPool } from './thread-pool.js';

export interface WorkerSettings {
  /** Number of threads, at least 1 */
  readonly workers: number;
  /** URL of a module that exports `createWorkerLab(settings)`, which makes the same lab as the main thread's */
  readonly labModule: string | URL;
  /** Passed to `createWorkerLab`, such as the names of further plugin packages */
  readonly labSettings?: Json;
  /** Folder with data files for tasks that need them */
  readonly dataFolder?: string | undefined;
  /** Heap of one thread, where the system's default is not wanted */
  readonly memoryMegabytes?: number;
}

/** No thread starts before it is needed. Throws INVALID_ARGUMENT. */
export function createThreadPool(settings: WorkerSettings): ThreadPool {
  const { workers, labModule, labSettings = null, dataFolder, memoryMegabytes } = settings;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'a whole number of workers, at least 1',
      found: show(workers),
      remedy: 'choose one, such as the number of processor cores',
    });
  }
  return new ThreadPool(workers, { labModule: String(labModule), labSettings, dataFolder }, memoryMegabytes);
}

/**
 * Runs cells in worker threads, and the parts of one cell in several. Threads start when they are first needed and are used
 * again; one that dies (out of memory, `process.exit`) fails the cell that it was at and is replaced.
 *
 * @throws MeanfieldError INVALID_ARGUMENT unless `workers` is a whole number of at least 1
 */
export function createWorkerExecutor(settings: WorkerSettings): Executor {
  const pool = createThreadPool(settings);
  return {
    concurrency: pool.size,
    async execute(cell, report, kept) {
      const outcome = await outcomeOf((begin) => runInThreads(pool, cell, { report, begin, kept }));
      if (pool.failure !== undefined && outcome.status === 'failed') throw pool.failure;
      return outcome;
    },
    close: () => pool.close(),
  };
}
