/** What passes between a `WorkerPort` and its thread. */

import type { WasmModule } from '@meanfield/numerics';

import type { Model, NetworkState } from './model.js';
import type { CallName } from './port.js';

/** The first request */
export interface Start {
  readonly model: Model;
  /** The kernel, compiled by the calling thread */
  readonly module: WasmModule;
  readonly states: readonly NetworkState[];
  /** For the thread's program */
  readonly settings: string;
}

export interface Call {
  readonly name: CallName;
  readonly values: readonly unknown[];
}

export type Request = Start | Call;

/** One for each request, in their order; that to the first says whether the trainer started. */
export type Reply = { readonly value: unknown } | { readonly failure: string };
