/** Runs one cell in a lab. Whatever goes wrong becomes part of the outcome, so that a sweep can go on. */

import {
  isMeanfieldError,
  type ErrorCode,
  type ExperimentResult,
  type JsonObject,
  type Lab,
} from '@meanfield/core';

import type { Cell } from './cell.js';
import { contextOf, openCell, type RunCellSettings } from './open-cell.js';
import { runExperiment, type Kept } from './run-experiment.js';

export interface CellError {
  readonly code: ErrorCode;
  /** One sentence */
  readonly message: string;
}

export type CellOutcome =
  | { readonly status: 'complete'; readonly result: JsonObject; readonly timing: JsonObject }
  | { readonly status: 'failed'; readonly error: CellError; readonly timing: JsonObject };

/** An error as a record keeps it: its code and sentence, never a stack. */
export function cellErrorOf(error: unknown): CellError {
  if (isMeanfieldError(error)) return { code: error.code, message: error.message };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'INTERNAL', message: text.split('\n', 1)[0] ?? text };
}

/** Seconds since a cell began. */
class Stopwatch {
  #start: number = performance.now();
  #begun = false;

  /** The first call counts: what came before was waiting. */
  readonly begin = (): void => {
    if (!this.#begun) this.#start = performance.now();
    this.#begun = true;
  };

  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }
}

/** What becomes of a cell. Never rejects. `begin` is for `run` to call when work starts, where it has to wait for that. */
export async function outcomeOf(run: (begin: () => void) => Promise<ExperimentResult>): Promise<CellOutcome> {
  const watch = new Stopwatch();
  try {
    const { result, timing } = await run(watch.begin);
    return { status: 'complete', result, timing: { ...timing, seconds: watch.seconds } };
  } catch (error) {
    return { status: 'failed', error: cellErrorOf(error), timing: { seconds: watch.seconds } };
  }
}

/** Runs a cell in this thread. Never rejects. */
export async function runCell(
  lab: Lab,
  cell: Cell,
  settings: RunCellSettings,
  kept: Kept = {},
): Promise<CellOutcome> {
  return outcomeOf(async () => runExperiment(openCell(lab, cell), contextOf(cell, settings), kept));
}
