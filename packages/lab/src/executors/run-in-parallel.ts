/**
 * One experiment for a command line: in this thread, until what is left is worth starting workers for.
 *
 * Parts run here one after another. Once the pace of the running part (from its progress) or of the last one says that the
 * rest would gain more from threads than they take to start, workers run the rest; a part that is then under way here is
 * given up at its next report of progress and begun again by a worker. What parts find depends on none of this.
 */

import type {
  ExperimentContext,
  ExperimentResult,
  Lab,
  PartedExperiment,
  ProgressReporter,
} from '@meanfield/core';

import type { Cell } from '../cell.js';
import { contextOf, openCell, requireJsonResult, type WholeSettings } from '../open-cell.js';
import { PartQueue, type PartRunner } from '../parts/part-queue.js';
import { isWhole, partRunner, runWhole } from '../run-experiment.js';
import { pooledParts } from './run-in-threads.js';
import { createThreadPool, type WorkerSettings } from './worker-executor.js';

export interface ParallelSettings {
  readonly report: ProgressReporter;
  /** With 1 worker none is started */
  readonly threads: WorkerSettings;
  /** Seconds that threads have to save before they start, default 0.5: about what starting them takes */
  readonly worthSeconds?: number;
  /** For whole experiments */
  readonly whole?: WholeSettings;
}

const WORTH_SECONDS = 0.5;
/** What runs shorter is slower than it will be: code is still being compiled. */
const SETTLED_SECONDS = 0.25;

/** Thrown through a part that workers begin again */
class GivenUp extends Error {}

/** Of the memory that is left, what threads may take together */
const MEMORY_SHARE = 0.7;
/** What a thread takes besides its part's arrays */
const THREAD_BYTES = 64 * 2 ** 20;

/** When to hand over to threads, and to how many */
class Pace {
  readonly #threads: number;
  readonly #worth: number;
  #began: number = performance.now();
  readonly #start: number = this.#began;
  readonly #bytes: number = process.memoryUsage.rss();

  constructor(threads: number, worth: number) {
    this.#threads = threads;
    this.#worth = worth;
  }

  begin(): void {
    this.#began = performance.now();
  }

  /** Whether `parts` parts would gain enough, with a share `done` of one behind us since `begin`. */
  worth(parts: number, done: number): boolean {
    const now = performance.now();
    if ((now - this.#start) / 1000 < Math.min(SETTLED_SECONDS, this.#worth) || done <= 0) return false;
    const rest = (parts * (now - this.#began)) / 1000 / done;
    const gain = (threads: number): number => rest * (1 - 1 / Math.min(parts, threads));
    return gain(this.#threads) > this.#worth && gain(this.threads()) > this.#worth;
  }

  /** As many as are allowed and fit into memory, if each takes what parts have taken here. */
  threads(): number {
    const each = Math.max(0, process.memoryUsage.rss() - this.#bytes) + THREAD_BYTES;
    const fitting = Math.floor((MEMORY_SHARE * process.availableMemory()) / each);
    return Math.max(1, Math.min(this.#threads, fitting));
  }
}

/** Runs parts here until none is left, or the rest is worth threads. */
async function runHere(queue: PartQueue, pace: Pace, run: PartRunner): Promise<void> {
  const watched: PartRunner = (index, report) => {
    pace.begin();
    const watch: ProgressReporter = (event) => {
      if (pace.worth(queue.waiting + 1, event.completed / event.total)) throw new GivenUp();
      report(event);
    };
    return run(index, watch);
  };
  try {
    while (await queue.runNext(watched)) if (queue.waiting > 0 && pace.worth(queue.waiting, 1)) return;
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
  }
}

async function runParts(
  experiment: PartedExperiment,
  context: ExperimentContext,
  cell: Cell,
  { threads, worthSeconds = WORTH_SECONDS }: ParallelSettings,
): Promise<ExperimentResult> {
  const { name, parts } = experiment;
  const queue = new PartQueue({ parts, label: name, report: context.report });
  const here = partRunner(experiment, context);
  const pace = new Pace(threads.workers, worthSeconds);
  if (threads.workers === 1) await queue.drain(1, here);
  else await runHere(queue, pace, here);
  if (queue.waiting > 0) {
    const pool = createThreadPool({ ...threads, workers: pace.threads() });
    try {
      await queue.drain(pool.size, pooledParts(pool, cell));
    } finally {
      await pool.close();
    }
  }
  return requireJsonResult(name, experiment.combine(queue.values()));
}

/**
 * Runs a cell's experiment, parts in several threads where that pays. The same bits for any number of threads.
 *
 * @throws what the experiment throws; MeanfieldError CELL_FAILED when a thread dies, INVALID_ARGUMENT for the number of threads
 */
export async function runInParallel(
  lab: Lab,
  cell: Cell,
  settings: ParallelSettings,
): Promise<ExperimentResult> {
  const experiment = openCell(lab, cell);
  const { report, threads } = settings;
  const { dataFolder } = threads;
  const context = contextOf(cell, { report, ...(dataFolder === undefined ? {} : { dataFolder }) });
  if (isWhole(experiment)) return runWhole(experiment, context, settings.whole);
  return runParts(experiment, context, cell, settings);
}
