/** How many threads a command may use. */

import { MeanfieldError } from '@meanfield/core';
import { withThreads } from '@meanfield/lab';
import { availableParallelism } from 'node:os';

import { parseCount } from './numbers.js';

const MOST_THREADS = 1024;

export interface ThreadFlags {
  readonly threads?: string;
}

/** One a core unless the user says otherwise. Throws INVALID_ARGUMENT. */
export function parseThreads(threads: string | undefined): number {
  return threads === undefined
    ? availableParallelism()
    : parseCount('--threads', threads, { least: 1, most: MOST_THREADS });
}

export interface WorkerFlags extends ThreadFlags {
  /** The older name of `threads` */
  readonly workers?: string;
}

/** `--threads`, or `--workers` as `run` called it first. Throws INVALID_ARGUMENT. */
export function parseWorkers({ threads, workers }: WorkerFlags): number {
  if (workers === undefined) return parseThreads(threads);
  if (threads === undefined) return parseCount('--workers', workers, { least: 1, most: MOST_THREADS });
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'either --threads or --workers, which mean the same',
    found: 'both',
    remedy: 'leave one out',
  });
}

/**
 * Does `work`, whose backends take no more threads than the flag says; without it as many as they like. What the work is does
 * not depend on it: a run goes on with any other number. Throws INVALID_ARGUMENT.
 */
export async function withinThreads(flags: WorkerFlags, work: () => Promise<void>): Promise<void> {
  const { threads, workers } = flags;
  if (threads === undefined && workers === undefined) await work();
  else await withThreads(parseWorkers(flags), work);
}
