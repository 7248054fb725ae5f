/** The end of a worker that its ensemble holds: requests out, answers in, in one order. */

import { MeanfieldError } from '@meanfield/core';

import type { Calls, Reply, Request } from './messages.js';

/** A thread or a process. */
export interface Channel {
  post(request: Request): void;
  /** Whether the worker keeps this process alive */
  hold(hold: boolean): void;
  close(): Promise<void>;
}

/** Starts a worker; `ended` says why, where it ends by itself. */
export type OpenChannel = (events: {
  readonly replied: (reply: Reply) => void;
  readonly ended: (reason: string) => void;
}) => Channel;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: MeanfieldError) => void;
}

const gone = (reason: string): MeanfieldError =>
  new MeanfieldError({
    code: 'BACKEND_UNAVAILABLE',
    expected: 'a worker of TensorFlow.js to do its work',
    found: reason,
    remedy: 'work without further threads or processes',
  });

export class Port {
  readonly #channel: Channel;
  readonly #waiting: Waiting[] = [];
  #end: string | undefined;
  #buffers = 0;

  constructor(open: OpenChannel) {
    this.#channel = open({
      replied: (reply) => this.#receive(reply),
      ended: (reason) => this.#ended(reason),
    });
  }

  /** Live tensors there after the last call */
  get buffers(): number {
    return this.#buffers;
  }

  call<Name extends keyof Calls>(
    name: Name,
    ...values: Parameters<Calls[Name]>
  ): Promise<ReturnType<Calls[Name]>> {
    if (this.#end !== undefined) return Promise.reject(gone(this.#end));
    this.#channel.hold(true);
    this.#channel.post({ name, values });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  async close(): Promise<void> {
    this.#ended('that it has been closed');
    await this.#channel.close();
  }

  #receive(reply: Reply): void {
    const next = this.#waiting.shift();
    // An idle worker does not keep the process alive.
    if (this.#waiting.length === 0) this.#channel.hold(false);
    if ('error' in reply) {
      next?.reject(new MeanfieldError(reply.error));
    } else {
      this.#buffers = reply.buffers;
      next?.resolve(reply.value as never);
    }
  }

  #ended(reason: string): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.splice(0)) reject(gone(this.#end));
  }
}
