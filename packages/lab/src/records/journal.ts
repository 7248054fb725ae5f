/**
 * The file of records: one line each, appended and synced one by one.
 *
 * A crash can tear only the line that was being written, which is the last. A line counts when it ends in a
 * newline and is JSON; a last line that does not count is reported and cut away by the next writer. Any
 * other line that is no record means that something else wrote the file: an error.
 */

import { closeSync, fsyncSync, ftruncateSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { MeanfieldError } from '@meanfield/core';

import { systemCode, systemReason, unwritable, writeFully, writing } from './files.js';
import { decodeRecord, encodeRecord, type CellRecord } from './record.js';

export interface JournalContent {
  /** In the order in which they were written; a cell may have several */
  readonly records: readonly CellRecord[];
  /** Bytes of the lines that count */
  readonly length: number;
  /** Bytes of a torn last line: 0 unless the last writer was killed */
  readonly torn: number;
}

const NEWLINE = 0x0a;

function corrupt(path: string, line: number, found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_FILE',
    expected: `a record in line ${line} of ${path}`,
    found,
    remedy: 'remove that line (its cell will be run again), or use another run folder',
  });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `to be able to read ${path}`,
      found: systemReason(error),
      remedy: 'make it readable, or use another run folder',
      cause: error,
    });
  }
}

/**
 * The records of a file; none when it does not exist.
 *
 * @throws MeanfieldError INVALID_FILE, naming the line
 */
export function readJournal(path: string): JournalContent {
  const bytes = readBytes(path);
  const records: CellRecord[] = [];
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end < 0) break;
    const decoded = decodeRecord(bytes.toString('utf8', start, end));
    if (decoded.kind === 'not-a-record') throw corrupt(path, line, decoded.reason);
    if (decoded.kind === 'not-json') {
      if (end + 1 === bytes.length) break;
      throw corrupt(path, line, 'a line that is not JSON');
    }
    records.push(decoded.record);
    start = end + 1;
  }
  return { records, length: start, torn: bytes.length - start };
}

/** The end of the file, open for writing. */
export class JournalWriter {
  readonly #path: string;
  readonly #descriptor: number;

  /** Cuts a torn last line away. `length` is that of the lines that count. */
  constructor(path: string, length: number) {
    this.#path = path;
    this.#descriptor = writing(path, () => {
      const descriptor = openSync(path, 'a');
      if (fstatSync(descriptor).size > length) ftruncateSync(descriptor, length);
      fsyncSync(descriptor);
      return descriptor;
    });
  }

  /**
   * Returns when the line is on the disk.
   *
   * @throws MeanfieldError OUTPUT_UNWRITABLE; what was written of the line is then taken back
   */
  append(record: CellRecord): void {
    const { size } = fstatSync(this.#descriptor);
    try {
      writeFully(this.#descriptor, Buffer.from(encodeRecord(record)));
      fsyncSync(this.#descriptor);
    } catch (error) {
      ftruncateSync(this.#descriptor, size);
      throw unwritable(this.#path, error);
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
