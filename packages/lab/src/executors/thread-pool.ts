/**
 * Tasks over threads: the first that waits goes to the first thread that is free. Each cell has at most as many tasks waiting as
 * there are threads, so cells in parts and whole ones take turns and none starves. Tasks share the pool's threads for what they start themselves.
 */

import { MeanfieldError, silent, type ProgressReporter } from '@meanfield/core';

import type { Reply, Task, WorkerData } from './messages.js';
import { shareOf } from './thread-share.js';
import { WorkerThread } from './worker-thread.js';

export interface TaskHooks {
  readonly report?: ProgressReporter;
  /** Called when a thread begins with the task */
  readonly begin?: () => void;
}

interface Waiting extends TaskHooks {
  readonly task: Task;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: unknown) => void;
}

export class ThreadPool {
  readonly size: number;
  readonly #data: WorkerData;
  readonly #memoryMegabytes: number | undefined;
  readonly #threads = new Set<WorkerThread>();
  readonly #idle: WorkerThread[] = [];
  readonly #waiting: Waiting[] = [];
  /** Tasks that have a thread */
  #running = 0;
  #failure: MeanfieldError | undefined;

  constructor(size: number, data: WorkerData, memoryMegabytes?: number) {
    this.size = size;
    this.#data = data;
    this.#memoryMegabytes = memoryMegabytes;
  }

  /** Why no task can be done any more: threads cannot make their lab, or the pool is closed */
  get failure(): MeanfieldError | undefined {
    return this.#failure;
  }

  /**
   * Threads start when they are first needed and are used again; one that dies is replaced.
   *
   * @throws what the task throws; MeanfieldError CELL_FAILED when its thread dies; `failure`
   */
  run(task: Task, hooks: TaskHooks = {}): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...hooks, task, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends all threads at once, also those that are at a task. */
  async close(): Promise<void> {
    this.#fail(
      new MeanfieldError({
        code: 'INTERNAL',
        expected: 'an executor that is open',
        found: 'one that has been closed',
        remedy: 'create another',
      }),
    );
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  #fail(error: MeanfieldError): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#failure);
  }

  #dispatch(): void {
    if (this.#failure !== undefined) this.#fail(this.#failure);
    while (this.#waiting.length > 0) {
      const thread = this.#free();
      const next = thread === undefined ? undefined : this.#waiting.shift();
      if (thread === undefined || next === undefined) return;
      void this.#perform(thread, next);
    }
  }

  #free(): WorkerThread | undefined {
    for (let thread = this.#idle.pop(); thread !== undefined; thread = this.#idle.pop()) {
      if (thread.alive) return thread;
      this.#threads.delete(thread);
    }
    if (this.#threads.size >= this.size) return undefined;
    const thread = new WorkerThread(this.#data, this.#memoryMegabytes);
    this.#threads.add(thread);
    return thread;
  }

  async #perform(
    thread: WorkerThread,
    { task, report = silent, begin, resolve, reject }: Waiting,
  ): Promise<void> {
    this.#running++;
    try {
      await thread.ready;
    } catch (error) {
      this.#fail(error as MeanfieldError);
      reject(error);
      return;
    }
    begin?.();
    const tasks = Math.min(this.size, this.#running + this.#waiting.length);
    try {
      resolve(await thread.run({ ...task, share: shareOf(this.size, tasks) }, report));
    } catch (error) {
      reject(error);
    }
    this.#running--;
    if (thread.alive) this.#idle.push(thread);
    else this.#threads.delete(thread);
    this.#dispatch();
  }
}
