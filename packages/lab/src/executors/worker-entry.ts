/** The program of a worker thread: makes its own lab, then runs the cells that it is sent, one at a time. */

import { parentPort, workerData } from 'node:worker_threads';

import { cellErrorOf, runCell } from '../run-cell.js';
import type { FromWorker, ToWorker, WorkerData, WorkerLabModule } from './messages.js';

const { labModule, labSettings, dataFolder } = workerData as WorkerData;
const send = (message: FromWorker): void => parentPort?.postMessage(message);

try {
  const module = (await import(labModule)) as WorkerLabModule;
  const lab = await module.createWorkerLab(labSettings);
  const settings = {
    report: (event: Extract<FromWorker, { kind: 'progress' }>['event']): void =>
      send({ kind: 'progress', event }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
  };
  parentPort?.on('message', ({ cell }: ToWorker) => {
    void runCell(lab, cell, settings).then((outcome) => send({ kind: 'outcome', outcome }));
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'unusable', error: cellErrorOf(error) });
}
