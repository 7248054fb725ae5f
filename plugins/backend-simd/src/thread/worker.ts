/** The program of a worker thread: starts its trainer, then answers calls. */

import { parentPort, workerData } from 'node:worker_threads';

import type { Call, Reply, WorkerData } from './messages.js';
import { perform } from './port.js';
import { Trainer } from './trainer.js';

function answer(work: () => unknown): boolean {
  let reply: Reply;
  try {
    reply = { value: work() };
  } catch (error) {
    reply = { failure: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply);
  return 'value' in reply;
}

const { model, states } = workerData as WorkerData;
let trainer: Trainer | undefined;
const started = answer(() => {
  trainer = new Trainer(model, states);
});
if (started) {
  parentPort?.on('message', ({ name, values }: Call) => answer(() => perform(trainer!, name, values)));
}
