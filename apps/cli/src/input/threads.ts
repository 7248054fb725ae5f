/** How many threads a command may use. */

import { MeanfieldError } from '@meanfield/core';
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

/** `--threads`, or `--workers` as `run` called it first. Throws INVALID_ARGUMENT. */
export function parseWorkers({ threads, workers }: ThreadFlags & { readonly workers?: string }): number {
  if (workers === undefined) return parseThreads(threads);
  if (threads === undefined) return parseCount('--workers', workers, { least: 1, most: MOST_THREADS });
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'either --threads or --workers, which mean the same',
    found: 'both',
    remedy: 'leave one out',
  });
}
