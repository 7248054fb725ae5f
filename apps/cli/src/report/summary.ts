/** What a run found, as tables for the terminal. */

import type { Run } from '@meanfield/lab';

import { table } from '../output/table.js';
import { cellsOf } from './step-cells.js';
import { tableOf } from './tables.js';

const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/\$/g, ''],
  [/\^2/g, '²'],
  [/\^\*/g, '*'],
  [/_1/g, '₁'],
];

/** A heading's mathematics as a terminal can show it. */
const plain = (heading: string): string =>
  SIGNS.reduce((text, [sign, instead]) => text.replaceAll(sign, instead), heading);

export function summaryTables(run: Run): string[] {
  return run.manifest.steps.flatMap((step) => {
    const found = tableOf(step, cellsOf(run, step));
    if (found === undefined) return [];
    const { title, head, rows, notes } = found;
    return [[title, table(head.map(plain), rows), ...notes, ''].join('\n')];
  });
}
