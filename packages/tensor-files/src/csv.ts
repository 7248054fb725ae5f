/**
 * CSV of numbers: rows of as many decimal numbers, separated by commas, one row a line. Nothing else is guessed:
 * no other separator, no empty field, no text but a header that the caller announces.
 */

import { MeanfieldError, show } from '@meanfield/core';

import type { Tensor } from './tensor.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
/** A digit and what separates it from the next. */
const LEAST_FIELD_BYTES = 2;
const MAXIMUM_LINE_BYTES = 2 ** 26;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

export interface CsvReadOptions {
  /** What the text is, for sentences: its path, for one */
  readonly name?: string;
  /** Whether the first line is a header, which is passed over; default false */
  readonly header?: boolean;
}

/**
 * The numbers of a CSV text in UTF-8, as float64 of shape [rows, columns].
 *
 * Lines end in LF or CR LF, the last may lack its end; spaces around numbers and quotes around them are allowed.
 *
 * @throws MeanfieldError INVALID_FILE, naming the line (from 1, the header counted), for text without a row,
 *   rows of different length, and fields that are no finite decimal number
 */
export function readCsv(bytes: Uint8Array, { name = 'CSV', header = false }: CsvReadOptions = {}): Tensor {
  const start = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  // As many numbers as there is text for: a short text cannot ask for much memory.
  const values = new Float64Array(Math.ceil((bytes.length - start + 1) / LEAST_FIELD_BYTES));
  let filled = 0;
  let columns = 0;
  for (const { text, line } of linesOf(bytes, start, name)) {
    if (header && line === 1) continue;
    const fields = text.split(',');
    if (filled === 0) columns = fields.length;
    if (fields.length !== columns) {
      throw refusal(
        `${columns} numbers in line ${line} of ${name}, as in its first row`,
        text.trim() === '' ? 'an empty line' : String(fields.length),
        'give every row as many',
      );
    }
    fields.forEach((field, column) => {
      values[filled++] = numberIn(field, () => ({ line, column, name, headed: header || line > 1 }));
    });
  }
  if (filled === 0) throw refusal(`at least one row of numbers in ${name}`, 'none', 'write numbers into it');
  return { shape: [filled / columns, columns], data: values.slice(0, filled) };
}

/** Lines with their number from 1, without their ends; an end of line at the end of the text begins no line. */
function* linesOf(
  bytes: Uint8Array,
  start: number,
  name: string,
): Generator<{ readonly text: string; readonly line: number }> {
  const decoder = new TextDecoder();
  let from = start;
  for (let line = 1; from < bytes.length; line++) {
    const newline = bytes.indexOf(NEWLINE, from);
    const next = newline === -1 ? bytes.length : newline + 1;
    let end = newline === -1 ? bytes.length : newline;
    if (end > from && bytes[end - 1] === RETURN) end--;
    if (end - from > MAXIMUM_LINE_BYTES) {
      throw refusal(
        `lines of at most ${MAXIMUM_LINE_BYTES} bytes in ${name}`,
        `${end - from} bytes in line ${line}`,
        'write one row a line, or an npy file',
      );
    }
    yield { text: decoder.decode(bytes.subarray(from, end)), line };
    from = next;
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly name: string;
  /** Whether a header is no explanation of text here */
  readonly headed: boolean;
}

function numberIn(field: string, where: () => Place): number {
  const trimmed = field.trim();
  const text = /^"[^"]*"$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed;
  const value = NUMBER.test(text) ? Number(text) : NaN;
  if (Number.isFinite(value)) return value;
  const { line, column, name, headed } = where();
  throw refusal(
    `a finite decimal number in line ${line}, column ${column + 1} of ${name}`,
    trimmed === '' ? 'nothing' : show(trimmed),
    headed ? 'correct the line' : 'correct the line, or say that it is a header',
  );
}

function refusal(expected: string, found: string, remedy: string): MeanfieldError {
  return new MeanfieldError({ code: 'INVALID_FILE', expected, found, remedy });
}
