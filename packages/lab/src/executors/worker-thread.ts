/** One worker thread, seen from the main thread: it runs a cell at a time, and it may die of one. */

import { Worker } from 'node:worker_threads';

import { MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';

import type { Cell } from '../cell.js';
import { cellErrorOf, type CellOutcome } from '../run-cell.js';
import type { FromWorker, ToWorker, WorkerData } from './messages.js';

const ENTRY = new URL('./worker-entry.js', import.meta.url);

function unusable(sentence: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INTERNAL',
    expected: 'a worker thread to make its lab',
    found: sentence,
    remedy: 'run in one process to see whether the same plugins load there',
  });
}

function diedOf(reason: string, seconds: number): CellOutcome {
  const { code, message } = new MeanfieldError({
    code: 'CELL_FAILED',
    expected: 'the worker thread to live until its cell was done',
    found: reason,
    remedy: 'make the cell smaller, or give the process more memory',
  });
  return { status: 'failed', error: { code, message }, timing: { seconds } };
}

export class WorkerThread {
  readonly #worker: Worker;
  /** Rejects when the thread cannot make its lab */
  readonly #ready: Promise<void>;
  #start: () => void = () => undefined;
  #refuse: (error: MeanfieldError) => void = () => undefined;
  #report: ProgressReporter = silent;
  #finish: ((outcome: CellOutcome) => void) | undefined;
  #started = 0;
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
    this.#ready = new Promise((resolve, reject) => {
      this.#start = resolve;
      this.#refuse = reject;
    });
    this.#ready.catch(() => undefined);
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => (this.#end ??= cellErrorOf(error).message));
    this.#worker.on('exit', (code) => this.#exited(code));
  }

  get alive(): boolean {
    return this.#end === undefined;
  }

  /** Rejects when the thread cannot make its lab. One cell at a time. */
  async execute(cell: Cell, report: ProgressReporter): Promise<CellOutcome> {
    await this.#ready;
    this.#report = report;
    this.#started = performance.now();
    return new Promise((resolve) => {
      this.#finish = resolve;
      if (this.#end === undefined) this.#worker.postMessage({ cell } satisfies ToWorker);
      else this.#settle(diedOf(this.#end, 0));
    });
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    if (message.kind === 'ready') this.#start();
    else if (message.kind === 'unusable') this.#refuse(unusable(message.error.message));
    else if (message.kind === 'progress') this.#report(message.event);
    else this.#settle(message.outcome);
  }

  #exited(code: number): void {
    this.#end ??= `exit code ${code}`;
    this.#refuse(unusable(this.#end));
    this.#settle(diedOf(this.#end, (performance.now() - this.#started) / 1000));
  }

  #settle(outcome: CellOutcome): void {
    this.#finish?.(outcome);
    this.#finish = undefined;
    this.#report = silent;
  }
}
