/** A trainer in a thread of its own. */

import { MeanfieldError } from '@meanfield/core';
import type { WasmModule } from '@meanfield/numerics';

import type { Call, Reply, Start } from './messages.js';
import type { OpenPort, ThreadPort } from './port.js';
import { threadsHere, type Thread, type ThreadEvents, type ThreadProgram } from './thread.js';

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: MeanfieldError) => void;
}

class WorkerPort implements ThreadPort {
  readonly ready: Promise<void>;
  readonly #thread: Thread;
  /** Requests without an answer, in their order; the start of the trainer is the first */
  readonly #waiting: Waiting[] = [];
  /** Why the thread ended, once it has */
  #end: string | undefined;

  constructor(start: Start, program: ThreadProgram | undefined) {
    const events: ThreadEvents = {
      replied: (reply) => this.#receive(reply),
      ended: (reason) => this.#ended(reason),
    };
    this.#thread = threadsHere()!(events, program);
    this.#thread.post(
      start,
      start.states.map(({ numbers }) => numbers.buffer as ArrayBuffer),
    );
    this.ready = this.#wait();
  }

  call<Found>(name: Call['name'], ...values: readonly unknown[]): Promise<Found> {
    if (this.#end !== undefined) return Promise.reject(failed(this.#end));
    this.#thread.post({ name, values });
    return this.#wait();
  }

  async close(): Promise<void> {
    this.#ended('that it has been closed');
    await this.#thread.terminate();
  }

  /** An idle thread does not keep the process alive. */
  #wait<Found>(): Promise<Found> {
    this.#thread.holdProcess(true);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #receive(reply: Reply): void {
    const next = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#thread.holdProcess(false);
    if ('value' in reply) next?.resolve(reply.value as never);
    else next?.reject(failed(reply.failure));
  }

  #ended(reason: string): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(failed(this.#end));
  }
}

const failed = (reason: string): MeanfieldError =>
  new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: 'a worker thread of the engine to do its work',
    found: reason,
    remedy: 'choose threads: 1, which works in the calling thread',
  });

/** @throws TypeError where there are no threads */
export const openThread =
  (module: WasmModule, settings: string, program: ThreadProgram | undefined): OpenPort =>
  (model, states) =>
    new WorkerPort({ model, module, states, settings }, program);
