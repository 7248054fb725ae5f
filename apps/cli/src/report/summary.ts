/** What a run found, as tables for the terminal. */

import type { Run } from '@meanfield/lab';

import { table } from '../output/table.js';
import { cellsOf } from './step-cells.js';
import { tableOf } from './tables.js';

export function summaryTables(run: Run): string[] {
  return run.manifest.steps.flatMap((step) => {
    const found = tableOf(step, cellsOf(run, step));
    return found === undefined ? [] : [`${found.title}\n${table(found.head, found.rows)}\n`];
  });
}
