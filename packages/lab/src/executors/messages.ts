/** What passes between `createWorkerExecutor` and the threads that it starts. */

import type { Json, Lab, ProgressEvent } from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { CellError, CellOutcome } from '../run-cell.js';

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

export interface ToWorker {
  readonly cell: Cell;
}

export type FromWorker =
  | { readonly kind: 'ready' }
  /** The lab could not be made: no cell can run */
  | { readonly kind: 'unusable'; readonly error: CellError }
  | { readonly kind: 'progress'; readonly event: ProgressEvent }
  | { readonly kind: 'outcome'; readonly outcome: CellOutcome };
