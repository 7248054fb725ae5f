/** What passes between `ThreadPool` and its threads. */

import type { ErrorParts, ExperimentResult, Json, Lab, ProgressEvent } from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { CheckpointPlace } from '../records/checkpoint-file.js';

/** What a module that makes labs for workers exports. */
export interface WorkerLabModule {
  /** The same lab as in the main thread; `settings` is what the executor was given. */
  createWorkerLab(settings: Json): Lab | Promise<Lab>;
}

export interface WorkerData {
  /** URL of a `WorkerLabModule` */
  readonly labModule: string;
  readonly labSettings: Json;
  readonly dataFolder: string | undefined;
}

/** What a thread is asked to do; one at a time. */
export type Task =
  /** Run the cell, or say of how many parts it is */
  | { readonly kind: 'cell'; readonly cell: Cell; readonly checkpoint: CheckpointPlace | undefined }
  | { readonly kind: 'part'; readonly cell: Cell; readonly index: number }
  | { readonly kind: 'combine'; readonly cell: Cell; readonly parts: readonly Json[] };

/** A task as it is sent to a thread */
export type SharedTask = Task & {
  /** Threads that it may start itself */
  readonly share: number;
};

export type Reply =
  | { readonly kind: 'result'; readonly outcome: ExperimentResult }
  | { readonly kind: 'parted'; readonly parts: number }
  | { readonly kind: 'part'; readonly found: Json };

/** An error on its way between threads */
export type SentError = Omit<ErrorParts, 'cause'> | { readonly name: string; readonly message: string };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The lab could not be made: no task can be done */
  | { readonly kind: 'unusable'; readonly error: SentError }
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'failed'; readonly error: SentError }
  | { readonly kind: 'done'; readonly reply: Reply };
