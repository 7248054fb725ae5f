/** One worker thread, seen from the main thread: it does a task at a time, and it may die of one. */

import { Worker } from 'node:worker_threads';

import { MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';

import { cellErrorOf } from '../run-cell.js';
import type { FromWorker, Reply, SharedTask, WorkerData } from './messages.js';
import { receivedError } from './sent-error.js';

const ENTRY = new URL('./worker-entry.js', import.meta.url);

function unusable(sentence: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INTERNAL',
    expected: 'a worker thread to make its lab',
    found: sentence,
    remedy: 'run in one process to see whether the same plugins load there',
  });
}

function diedOf(reason: string): MeanfieldError {
  return new MeanfieldError({
    code: 'CELL_FAILED',
    expected: 'the worker thread to live until its cell was done',
    found: reason,
    remedy: 'make the cell smaller, or give the process more memory',
  });
}

/** The task that a thread is at */
interface Running {
  readonly report: ProgressReporter;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

export class WorkerThread {
  /** Rejects when the thread cannot make its lab */
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  #start: () => void = () => undefined;
  #refuse: (error: MeanfieldError) => void = () => undefined;
  #running: Running | undefined;
  /** Why the thread ended, once it has */
  #end: string | undefined;

  constructor(data: WorkerData, memoryMegabytes: number | undefined) {
    this.#worker = new Worker(ENTRY, {
      workerData: data,
      // Standard output belongs to the program's result.
      stdout: true,
      ...(memoryMegabytes === undefined
        ? {}
        : { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } }),
    });
    this.#worker.stdout.on('data', (chunk: Uint8Array) => process.stderr.write(chunk));
    this.ready = new Promise((resolve, reject) => {
      this.#start = resolve;
      this.#refuse = reject;
    });
    this.ready.catch(() => undefined);
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => (this.#end ??= cellErrorOf(error).message));
    this.#worker.on('exit', (code) => this.#exited(code));
  }

  get alive(): boolean {
    return this.#end === undefined;
  }

  /**
   * Call it when the thread is ready and idle.
   *
   * @throws what the task throws; MeanfieldError CELL_FAILED when the thread dies of it
   */
  run(task: SharedTask, report: ProgressReporter): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#running = { report, resolve, reject };
      if (this.#end === undefined) this.#worker.postMessage(task);
      else this.#settle(({ reject: fail }) => fail(diedOf(this.#end ?? '')));
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') this.#start();
    else if (message.kind === 'unusable')
      this.#refuse(unusable(cellErrorOf(receivedError(message.error)).message));
    else if (message.kind === 'progress') (this.#running?.report ?? silent)(message.event);
    else if (message.kind === 'failed') this.#settle(({ reject }) => reject(receivedError(message.error)));
    else this.#settle(({ resolve }) => resolve(message.reply));
  }

  #exited(code: number): void {
    const reason = (this.#end ??= `exit code ${code}`);
    this.#refuse(unusable(reason));
    this.#settle(({ reject }) => reject(diedOf(reason)));
  }

  #settle(how: (running: Running) => void): void {
    const running = this.#running;
    this.#running = undefined;
    if (running !== undefined) how(running);
  }
}
