/** Runs one cell in a lab. Whatever goes wrong becomes part of the outcome, so that a sweep can go on. */

import {
  isMeanfieldError,
  MeanfieldError,
  type ErrorCode,
  type JsonObject,
  type Lab,
  type ProgressReporter,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import { requireJson } from './canonical-json.js';
import type { Cell } from './cell.js';
import { runExperiment } from './run-experiment.js';

export interface CellError {
  readonly code: ErrorCode;
  /** One sentence */
  readonly message: string;
}

export type CellOutcome =
  | { readonly status: 'complete'; readonly result: JsonObject; readonly timing: JsonObject }
  | { readonly status: 'failed'; readonly error: CellError; readonly timing: JsonObject };

export interface RunCellSettings {
  readonly report: ProgressReporter;
  /** Folder with data files for tasks that need them */
  readonly dataFolder?: string;
}

/** An error as a record keeps it: its code and sentence, never a stack. */
export function cellErrorOf(error: unknown): CellError {
  if (isMeanfieldError(error)) return { code: error.code, message: error.message };
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'INTERNAL', message: text.split('\n', 1)[0] ?? text };
}

/** A lab with other versions than the cell was resolved with would put wrong results under its id. */
function requireSameVersions(lab: Lab, cell: Cell): void {
  for (const { kind, name, version } of cell.plugins) {
    const here = lab.definition(kind, name).version;
    if (here !== version) {
      throw new MeanfieldError({
        code: 'CELL_FAILED',
        expected: `${kind} ${name} at version ${version}, which cell ${cell.id} was resolved with`,
        found: `version ${here} where it runs`,
        remedy: 'install the same versions everywhere',
      });
    }
  }
}

/** Never rejects. */
export async function runCell(lab: Lab, cell: Cell, settings: RunCellSettings): Promise<CellOutcome> {
  const start = performance.now();
  const seconds = (): number => (performance.now() - start) / 1000;
  try {
    requireSameVersions(lab, cell);
    const experiment = lab.get('experiment', cell.experiment, cell.options);
    const outcome = await runExperiment(experiment, { stream: createStream(cell.seed), ...settings });
    const owner = `of experiment ${cell.experiment}`;
    const result = requireJson(outcome.result, `the result ${owner}`) as JsonObject;
    const timing = requireJson(outcome.timing ?? {}, `the timing ${owner}`) as JsonObject;
    return { status: 'complete', result, timing: { ...timing, seconds: seconds() } };
  } catch (error) {
    return { status: 'failed', error: cellErrorOf(error), timing: { seconds: seconds() } };
  }
}
