/** Worker threads of Node, each with a TensorFlow.js of its own: its global state is that of a thread. */

import type { OpenChannel } from '@meanfield/tfjs-networks';
import type * as workerThreads from 'node:worker_threads';

/** The compiled program; sources are run by tests alone, after a build. */
const PROGRAM = import.meta.url.endsWith('.ts') ? '../dist/worker.js' : './worker.js';

/** Undefined where there is no Node, as in browsers. */
export function threadChannel(): OpenChannel | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  const node = process?.getBuiltinModule?.('node:worker_threads') as typeof workerThreads | undefined;
  if (node === undefined) return undefined;
  return ({ replied, ended }) => {
    const worker = new node.Worker(new URL(PROGRAM, import.meta.url), { execArgv: [] });
    worker.on('message', replied);
    worker.on('error', (error) => ended(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => ended(`that it ended with code ${code}`));
    return {
      post: (request) => worker.postMessage(request),
      hold: (hold) => (hold ? worker.ref() : worker.unref()),
      close: async () => {
        await worker.terminate();
      },
    };
  };
}
