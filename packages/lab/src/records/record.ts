/** A record: what became of a cell, one line of JSON. */

import type { CompleteRecord } from '@meanfield/core';
import { z } from 'zod';

import type { CellError } from '../run-cell.js';

/** 'skipped': an optional step whose data or backend is not available here. Both are tried again by the next run. */
export interface UnfinishedRecord extends Omit<CompleteRecord, 'status' | 'result'> {
  readonly status: 'failed' | 'skipped';
  readonly error: CellError;
}

export type CellRecord = CompleteRecord | UnfinishedRecord;

const base = {
  cell: z.string().regex(/^[0-9a-f]{32}$/),
  experiment: z.string(),
  timing: z.record(z.string(), z.unknown()),
};

const schema = z.discriminatedUnion('status', [
  z.strictObject({ ...base, status: z.literal('complete'), result: z.record(z.string(), z.unknown()) }),
  z.strictObject({
    ...base,
    status: z.enum(['failed', 'skipped']),
    error: z.strictObject({ code: z.string(), message: z.string() }),
  }),
]);

/** One line, with its newline. Keys come in a fixed order and the timing last. */
export function encodeRecord(record: CellRecord): string {
  const { cell, experiment, status, timing } = record;
  const outcome = record.status === 'complete' ? { result: record.result } : { error: record.error };
  return `${JSON.stringify({ cell, experiment, status, ...outcome, timing })}\n`;
}

export type DecodedLine =
  | { readonly kind: 'record'; readonly record: CellRecord }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'not-a-record'; readonly reason: string };

/** A line without its newline. */
export function decodeRecord(line: string): DecodedLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'not-json' };
  }
  const outcome = schema.safeParse(value);
  // The value itself, not zod's copy: its result keeps the order of its keys.
  if (outcome.success) return { kind: 'record', record: value as CellRecord };
  const issue = outcome.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return { kind: 'not-a-record', reason: `${place}${issue?.message ?? 'unknown reason'}` };
}
