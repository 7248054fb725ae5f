import { MeanfieldError, show, type Json } from '@meanfield/core';

import type { Executor } from './executor.js';
import type { WorkerData } from './messages.js';
import { WorkerThread } from './worker-thread.js';

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

/**
 * Runs cells in worker threads. Threads start when they are first needed and are used again; one that dies
 * (out of memory, `process.exit`) fails the cell that it ran and is replaced.
 *
 * @throws MeanfieldError INVALID_ARGUMENT unless `workers` is a whole number of at least 1
 */
export function createWorkerExecutor(settings: WorkerSettings): Executor {
  const { workers, labModule, labSettings = null, dataFolder, memoryMegabytes } = settings;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'a whole number of workers, at least 1',
      found: show(workers),
      remedy: 'choose one, such as the number of processor cores',
    });
  }
  const data: WorkerData = { labModule: String(labModule), labSettings, dataFolder };
  const all = new Set<WorkerThread>();
  const idle: WorkerThread[] = [];

  const take = (): WorkerThread => {
    const found = idle.pop();
    if (found?.alive === true) return found;
    if (found !== undefined) return take();
    const thread = new WorkerThread(data, memoryMegabytes);
    all.add(thread);
    return thread;
  };

  return {
    concurrency: workers,
    async execute(cell, report) {
      const thread = take();
      const outcome = await thread.execute(cell, report);
      if (thread.alive) idle.push(thread);
      else all.delete(thread);
      return outcome;
    },
    async close() {
      await Promise.all([...all].map((thread) => thread.terminate()));
    },
  };
}
