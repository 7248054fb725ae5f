/** What passes between a `WorkerPort` and its thread. */

import type { Model, NetworkState } from './model.js';
import type { CallName } from './port.js';

export interface WorkerData {
  readonly model: Model;
  readonly states: readonly NetworkState[];
}

export interface Call {
  readonly name: CallName;
  readonly values: readonly unknown[];
}

/** The first says whether the trainer started; then one for each call, in their order. */
export type Reply = { readonly value: unknown } | { readonly failure: string };
