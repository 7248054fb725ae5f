/** A worker thread's side: starts its trainer, then answers calls. */

import { builtin } from '../node-builtins.js';
import type { Arithmetic } from './arithmetic.js';
import type { Reply, Request } from './messages.js';
import { perform } from './port.js';
import { Trainer } from './trainer.js';

/** The other end of the thread: the scope of a Web Worker itself, a port in Node. */
interface Caller {
  onmessage: (event: { readonly data: Request }) => void;
  postMessage(reply: Reply): void;
}

/**
 * All that the program of a thread does.
 *
 * @param arithmeticOf makes the arithmetic of the backend that starts this program, from the settings of its `ThreadProgram`
 */
export function serve(arithmeticOf: (settings: string) => Arithmetic): void {
  const caller = (builtin('node:worker_threads')?.parentPort ?? globalThis) as unknown as Caller;
  let trainer: Trainer | undefined;

  const work = (request: Request): unknown => {
    if ('name' in request) return perform(trainer!, request.name, request.values);
    const { model, states, settings, module } = request;
    trainer = new Trainer(model, states, arithmeticOf(settings), module);
    return undefined;
  };
  const answer = (request: Request): Reply => {
    try {
      return { value: work(request) };
    } catch (error) {
      return { failure: error instanceof Error ? error.message : String(error) };
    }
  };
  caller.onmessage = ({ data }) => caller.postMessage(answer(data));
}
