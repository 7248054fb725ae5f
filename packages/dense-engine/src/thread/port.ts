/** A thread's `Trainer`, called from outside of it, or in the caller's own. */

import type { WasmModule } from '@meanfield/numerics';

import type { Arithmetic } from './arithmetic.js';
import type { Model, NetworkState } from './model.js';
import { Trainer } from './trainer.js';

type Calls = Pick<Trainer, 'step' | 'steps' | 'evaluate' | 'forward' | 'gradients' | 'parameters' | 'state'>;
export type CallName = keyof Calls;

export interface ThreadPort {
  /** Rejects where the trainer cannot start. */
  readonly ready: Promise<void>;
  /** Calls are answered in their order. */
  call<Name extends CallName>(
    name: Name,
    ...values: Parameters<Calls[Name]>
  ): Promise<ReturnType<Calls[Name]>>;
  close(): Promise<void>;
}

/** Opens a thread with some of the networks. */
export type OpenPort = (model: Model, states: readonly NetworkState[]) => ThreadPort;

/** What a method of a trainer gives, with arguments that fit it. */
export function perform(trainer: Trainer, name: CallName, values: readonly unknown[]): unknown {
  return (trainer[name] as (...values: unknown[]) => unknown).apply(trainer, [...values]);
}

/** Works in the calling thread: a call returns when its work is done. */
export const openHere =
  (arithmetic: Arithmetic, module: WasmModule): OpenPort =>
  (model, states) => {
    const trainer = new Trainer(model, states, arithmetic, module);
    return {
      ready: Promise.resolve(),
      call: async (name, ...values) => (await perform(trainer, name, values)) as never,
      close: () => Promise.resolve(),
    };
  };
