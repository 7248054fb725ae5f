/**
 * A step of a run as a CSV table (RFC 4180), in long form.
 *
 * Numbers and texts of a result become columns named by their path; arrays become rows, entry by entry, so
 * that curves and layers can be plotted as they stand. Arrays inside arrays become columns `path.0`, `path.1`, ….
 */

import { MeanfieldError, show, type Json, type JsonObject } from '@meanfield/core';

import type { CellRecord } from '../records/record.js';
import type { Run } from '../records/run-folder.js';

type Scalar = null | boolean | number | string;
type Row = Map<string, Scalar>;

interface Flat {
  readonly scalars: Row;
  /** By row: entries of the arrays of the result */
  readonly rows: Row[];
}

function flattenInto(row: Row, path: string, value: Json): void {
  if (typeof value !== 'object' || value === null) {
    row.set(path, value);
    return;
  }
  const prefix = path === '' ? '' : `${path}.`;
  for (const [key, entry] of Object.entries(value)) flattenInto(row, `${prefix}${key}`, entry);
}

function flattenResult(value: Json, path: string, flat: Flat): void {
  if (Array.isArray(value)) {
    value.forEach((entry: Json, i) => flattenInto((flat.rows[i] ??= new Map<string, Scalar>()), path, entry));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value as JsonObject)) {
      flattenResult(entry, path === '' ? key : `${path}.${key}`, flat);
    }
  } else flat.scalars.set(path, value);
}

function rowsOf(record: CellRecord, head: readonly (readonly [string, Scalar])[]): Row[] {
  if (record.status !== 'complete') return [new Map([...head, ['error', record.error.message]])];
  const flat: Flat = { scalars: new Map(), rows: [] };
  flattenResult(record.result, '', flat);
  if (flat.rows.length === 0) return [new Map([...head, ...flat.scalars])];
  return flat.rows.map((row, i) => new Map<string, Scalar>([...head, ['row', i], ...flat.scalars, ...row]));
}

function spell(value: Scalar | undefined): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The table of one step: columns `cell`, `label.<path>` for what the step goes through, `status`,
 * `row` where there are arrays, then the results', or `error`.
 *
 * @throws MeanfieldError INVALID_ARGUMENT when the run has no such step
 */
export function stepToCsv({ manifest, records }: Run, stepId: string): string {
  const step = manifest.steps.find(({ id }) => id === stepId);
  if (step === undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `a step of the run (${manifest.steps.map(({ id }) => id).join(', ')})`,
      found: show(stepId),
      remedy: 'name one of these',
    });
  }
  const rows = step.cells.flatMap(({ cell, labels }) => {
    const record = records.get(cell);
    if (record === undefined) return [];
    const named = Object.entries(labels).map(([path, label]) => [`label.${path}`, label] as const);
    return rowsOf(record, [['cell', cell], ...named, ['status', record.status]]);
  });
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row.get(column)))];
  return lines.map((line) => `${line.map(spell).join(',')}\r\n`).join('');
}
