/** The program of a worker thread: makes its own lab, then does the tasks that it is sent, one at a time. */

import type { Experiment, Lab, PartedExperiment, ProgressReporter } from '@meanfield/core';
import { parentPort, workerData } from 'node:worker_threads';

import type { Cell } from '../cell.js';
import { contextOf, openCell, requireJsonResult, runPart, type WholeSettings } from '../open-cell.js';
import { checkpointFile } from '../records/checkpoint-file.js';
import { isWhole, runWhole } from '../run-experiment.js';
import type { FromWorker, Reply, SharedTask, Task, WorkerData, WorkerLabModule } from './messages.js';
import { sendableError } from './sent-error.js';
import { limitThreads } from './thread-share.js';

/** Progress closer together than this is not sent: the last event of a part is its end. */
const INTERVAL_MS = 40;
/** Parts of several cells may come in turn. */
const KEPT_EXPERIMENTS = 16;

const { labModule, labSettings, dataFolder } = workerData as WorkerData;
const send = (message: FromWorker): void => parentPort?.postMessage(message);

function throttled(): ProgressReporter {
  let last = -Infinity;
  return (event) => {
    const now = performance.now();
    if (event.completed < event.total && now - last < INTERVAL_MS) return;
    last = now;
    send({ kind: 'progress', event });
  };
}

const experiments = new Map<string, Experiment>();

/** Made once for all parts that come here. */
function experimentOf(lab: Lab, cell: Cell): Experiment {
  const known = experiments.get(cell.id);
  if (known !== undefined) return known;
  const experiment = openCell(lab, cell);
  const [oldest] = experiments.keys();
  if (oldest !== undefined && experiments.size >= KEPT_EXPERIMENTS) experiments.delete(oldest);
  experiments.set(cell.id, experiment);
  return experiment;
}

function wholeSettings(task: Task): WholeSettings {
  if (task.kind !== 'cell' || task.checkpoint === undefined) return {};
  return { checkpoint: checkpointFile(task.checkpoint, task.cell.id) };
}

async function perform(lab: Lab, task: Task): Promise<Reply> {
  const { cell } = task;
  const experiment = experimentOf(lab, cell);
  const settings = { report: throttled(), ...(dataFolder === undefined ? {} : { dataFolder }) };
  const context = contextOf(cell, settings);
  if (isWhole(experiment))
    return { kind: 'result', outcome: await runWhole(experiment, context, wholeSettings(task)) };
  return performParted(experiment, task, context);
}

async function performParted(
  experiment: PartedExperiment,
  task: Task,
  context: ReturnType<typeof contextOf>,
): Promise<Reply> {
  if (task.kind === 'cell') return { kind: 'parted', parts: experiment.parts };
  if (task.kind === 'part') return { kind: 'part', found: await runPart(experiment, task.index, context) };
  return { kind: 'result', outcome: requireJsonResult(experiment.name, experiment.combine(task.parts)) };
}

try {
  const module = (await import(labModule)) as WorkerLabModule;
  const lab = await module.createWorkerLab(labSettings);
  parentPort?.on('message', ({ share, ...task }: SharedTask) => {
    limitThreads(share);
    perform(lab, task).then(
      (reply) => send({ kind: 'done', reply }),
      (error: unknown) => send({ kind: 'failed', error: sendableError(error) }),
    );
  });
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'unusable', error: sendableError(error) });
}
