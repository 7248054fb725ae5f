/**
 * The state of an unfinished cell in a file: a line that names the cell and the SHA-256 of what follows, then the state. So
 * a file that is of another cell, damaged or cut short is known for that, and passed over.
 */

import type { CheckpointStore, StoredState } from '@meanfield/core';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { systemCode, systemReason, writeAtomically, writing } from './files.js';

/** Where a cell's state is kept, and how often. */
export interface CheckpointPlace {
  readonly path: string;
  readonly everySeconds: number;
}

export const CHECKPOINT_SECONDS = 30;

const TITLE = 'meanfield checkpoint 1';
/** The title, an id of 32 digits, a hash of 64 */
const LONGEST_LINE = 200;

function digestOf(chunks: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

const lineOf = (cell: string, digest: string): string => `${TITLE} ${cell} ${digest}\n`;

function passedOver(path: string, why: string): StoredState {
  return { state: null, remark: `the checkpoint ${path} ${why}, so training began anew` };
}

function readState({ path }: CheckpointPlace, cell: string): StoredState {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { state: null };
    return passedOver(path, `cannot be read (${systemReason(error)})`);
  }
  const end = bytes.subarray(0, LONGEST_LINE).indexOf('\n');
  const line = bytes.toString('latin1', 0, end + 1);
  if (!line.startsWith(`${TITLE} `)) return passedOver(path, 'is none of this version');
  if (!line.startsWith(`${TITLE} ${cell} `)) return passedOver(path, 'is of another training');
  const state = bytes.subarray(end + 1);
  return line === lineOf(cell, digestOf([state])) ? { state } : passedOver(path, 'is damaged');
}

/** The store of one cell in a file, which is replaced as a whole. The folder is made when it is first written to. */
export function checkpointFile(place: CheckpointPlace, cell: string): CheckpointStore {
  const { path, everySeconds } = place;
  return {
    everySeconds,
    read: () => Promise.resolve(readState(place, cell)),
    async write(chunks) {
      await Promise.resolve();
      writing(path, () => mkdirSync(dirname(path), { recursive: true }));
      writeAtomically(path, [lineOf(cell, digestOf(chunks)), ...chunks]);
    },
  };
}
