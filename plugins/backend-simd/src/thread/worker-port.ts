/** A trainer in a thread of its own. */

import { MeanfieldError } from '@meanfield/core';
import type { Worker } from 'node:worker_threads';

import { builtin } from '../node-builtins.js';
import type { Call, Reply, WorkerData } from './messages.js';
import type { OpenPort, ThreadPort } from './port.js';

/** The compiled program; sources are run by tests alone, after a build. */
const ENTRY = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/thread/worker.js', import.meta.url)
  : new URL('./worker.js', import.meta.url);

export const hasThreads = (): boolean => builtin('node:worker_threads') !== undefined;

/** Cores of the machine; 1 where there is no Node, as in browsers */
export const coreCount = (): number => builtin('node:os')?.availableParallelism() ?? 1;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: MeanfieldError) => void;
}

class WorkerPort implements ThreadPort {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  /** Calls without an answer, in their order; the start of the trainer is the first */
  readonly #waiting: Waiting[] = [];
  /** Why the thread ended, once it has */
  #end: string | undefined;

  constructor(WorkerClass: typeof Worker, workerData: WorkerData) {
    this.#worker = new WorkerClass(ENTRY, {
      workerData,
      // Those of the calling program may not fit a thread, such as --input-type.
      execArgv: [],
      transferList: workerData.states.map(({ numbers }) => numbers.buffer as ArrayBuffer),
    });
    this.#worker.on('message', (reply: Reply) => this.#receive(reply));
    this.#worker.on(
      'error',
      (error) => (this.#end ??= error instanceof Error ? error.message : String(error)),
    );
    this.#worker.on('exit', (code) => this.#exited(code));
    this.ready = this.#wait();
  }

  call<Found>(name: Call['name'], ...values: readonly unknown[]): Promise<Found> {
    if (this.#end !== undefined) return Promise.reject(failed(this.#end));
    const call: Call = { name, values };
    this.#worker.postMessage(call);
    return this.#wait();
  }

  async close(): Promise<void> {
    this.#end ??= 'that it has been closed';
    await this.#worker.terminate();
  }

  /** An idle thread does not keep the process alive. */
  #wait<Found>(): Promise<Found> {
    this.#worker.ref();
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  #receive(reply: Reply): void {
    const next = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#worker.unref();
    if ('value' in reply) next?.resolve(reply.value as never);
    else next?.reject(failed(reply.failure));
  }

  #exited(code: number): void {
    const reason = (this.#end ??= `that it ended with code ${code}`);
    for (const { reject } of this.#waiting.splice(0)) reject(failed(reason));
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
export const openThread: OpenPort = (model, states) =>
  new WorkerPort(builtin('node:worker_threads')!.Worker, { model, states });
