/**
 * Processes of one thread each: the binding of tfjs-node has one state a process, which threads cannot share, and
 * libtensorflow makes more of two cores in two processes than in two threads.
 */

import type { OpenChannel, Reply } from '@meanfield/tfjs-networks';
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled program; sources are run by tests alone, after a build. */
const PROGRAM = import.meta.url.endsWith('.ts') ? '../dist/worker.js' : './worker.js';
const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' };

function holdProcess(child: ChildProcess, hold: boolean): void {
  for (const held of [child, child.channel]) {
    if (hold) held?.ref();
    else held?.unref();
  }
}

export const openProcess: OpenChannel = ({ replied, ended }) => {
  const child = fork(fileURLToPath(new URL(PROGRAM, import.meta.url)), [], {
    env: { ...process.env, ...ONE_THREAD },
    execArgv: [],
    // Arrays pass as they are.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  child.on('message', (reply) => replied(reply as Reply));
  child.on('error', ({ message }) => ended(message));
  const closed = new Promise<void>((resolve) =>
    child.on('close', (code, signal) => {
      ended(`that it ended with ${signal ?? `code ${code ?? 0}`}`);
      resolve();
    }),
  );
  return {
    post: (request) => void child.send(request),
    hold: (hold) => holdProcess(child, hold),
    close: async () => {
      // Whoever waits for its end may have nothing else that keeps this process alive.
      holdProcess(child, true);
      child.kill();
      await closed;
    },
  };
};
