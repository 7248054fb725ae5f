/** A thread of the runtime: Node's worker threads, or Web Workers in a page that may share memory with them. */

import { coresHere, threadsAllowed } from '@meanfield/networks';
import type { Worker as NodeWorker } from 'node:worker_threads';

import { builtin } from '../node-builtins.js';
import type { Reply, Request } from './messages.js';

export interface Thread {
  post(request: Request, transfer?: readonly ArrayBuffer[]): void;
  /** Whether the thread keeps the process alive; pages end as they like. */
  holdProcess(hold: boolean): void;
  terminate(): Promise<void>;
}

export interface ThreadEvents {
  readonly replied: (reply: Reply) => void;
  /** The thread has ended or never started; may be told again, less precisely. */
  readonly ended: (reason: string) => void;
}

/** What threads of Node run, where it is not the engine's own program: a file that calls `serve`. */
export interface ThreadProgram {
  readonly file: URL;
  readonly settings: string;
}

type StartThread = (events: ThreadEvents, program?: ThreadProgram) => Thread;

/** The part of the interface of Web Workers that is used; its types come with browsers' libraries. */
interface WebWorker {
  onmessage: (event: { readonly data: Reply }) => void;
  onerror: (event: { readonly message?: string }) => void;
  postMessage(request: Request, transfer: readonly ArrayBuffer[]): void;
  terminate(): void;
}
declare const Worker: new (url: URL, options: { readonly type: 'module' }) => WebWorker;

interface Page {
  readonly Worker?: unknown;
  /** Whether memory can be shared, which a training set for several threads is */
  readonly crossOriginIsolated?: boolean;
}
const page = globalThis as Page;

/** The compiled program; sources are run by tests alone, after a build. */
const NODE_ENTRY = import.meta.url.endsWith('.ts') ? '../../dist/thread/worker.js' : './worker.js';

/**
 * A thread makes short-lived objects alone, views of rows: Node 24 would keep 48 MiB for them before it clears up. Measured on ten
 * networks of ten layers of 100: 278 in place of 309 MiB in all, at the same speed.
 */
const YOUNG = { maxYoungGenerationSizeMb: 6 };

const startIn =
  (WorkerClass: typeof NodeWorker): StartThread =>
  ({ replied, ended }, program) => {
    // Options of the calling program may not fit a thread, such as --input-type.
    const options = { execArgv: [], resourceLimits: YOUNG };
    const worker = new WorkerClass(program?.file ?? new URL(NODE_ENTRY, import.meta.url), options);
    worker.on('message', replied);
    worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => ended(`that it ended with code ${code}`));
    return {
      post: (request, transfer = []) => worker.postMessage(request, transfer),
      holdProcess: (hold) => (hold ? worker.ref() : worker.unref()),
      terminate: async () => {
        await worker.terminate();
      },
    };
  };

const startInPage: StartThread = ({ replied, ended }) => {
  // Bundlers find the program of the thread by exactly this expression.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => replied(data);
  worker.onerror = ({ message }) => ended(message ?? 'that its program does not load');
  return {
    post: (request, transfer = []) => worker.postMessage(request, transfer),
    holdProcess: () => undefined,
    terminate: () => {
      worker.terminate();
      return Promise.resolve();
    },
  };
};

/** How threads start here, or undefined where there are none that share memory. */
export function threadsHere(): StartThread | undefined {
  const node = builtin('node:worker_threads');
  if (node !== undefined) return startIn(node.Worker);
  return page.Worker !== undefined && page.crossOriginIsolated === true ? startInPage : undefined;
}

/**
 * Threads where a backend is not told how many: one a core, at most as many as the variable MEANFIELD_THREADS of the environment
 * says, 1 where there are none.
 *
 * @throws MeanfieldError INVALID_OPTION where the variable is no number of threads
 */
export const defaultThreads = (): number =>
  threadsHere() === undefined ? 1 : (threadsAllowed() ?? coresHere());
