/**
 * What parts of unfinished cells found: `parts/<cell>.jsonl` in the run folder, a line for each part, appended as parts
 * are done and removed when the cell's record is complete. A killed run goes on with the parts that are left.
 *
 * The id of a cell fixes what its parts find, so a line is as good as running the part again; a torn one is run again. Lines
 * are not synced one by one: they survive the end of the process, and most of them that of the machine.
 */

import type { Json } from '@meanfield/core';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { removeEmptyFolder, systemCode, writing } from './files.js';

/** Parts of one cell */
export interface FoundParts {
  /** By index */
  readonly found: ReadonlyMap<number, Json>;
  /** Throws MeanfieldError OUTPUT_UNWRITABLE. */
  readonly keep: (index: number, found: Json) => void;
}

const lineSchema = z.strictObject({ part: z.int().nonnegative(), found: z.json() });

/** Null for a line that was torn. */
function decodeLine(line: string): readonly [number, Json] | null {
  try {
    const { part, found } = lineSchema.parse(JSON.parse(line));
    return [part, found];
  } catch {
    return null;
  }
}

function readLines(path: string): ReadonlyMap<number, Json> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return new Map();
    throw error;
  }
  const lines = text.split('\n').map(decodeLine);
  return new Map(lines.filter((line) => line !== null));
}

/** The parts that a run folder keeps. */
export class PartsFolder {
  readonly #folder: string;

  constructor(runFolder: string) {
    this.#folder = join(runFolder, 'parts');
  }

  /** Throws MeanfieldError OUTPUT_UNWRITABLE. */
  of(cell: string): FoundParts {
    const path = this.#path(cell);
    return {
      found: writing(path, () => readLines(path)),
      keep: (part, found) =>
        writing(path, () => {
          mkdirSync(this.#folder, { recursive: true });
          appendFileSync(path, `${JSON.stringify({ part, found })}\n`);
        }),
    };
  }

  /** The cell is complete, or its parts are not wanted. */
  remove(cell: string): void {
    rmSync(this.#path(cell), { force: true });
  }

  /** Removes the folder where nothing is left in it. */
  close(): void {
    removeEmptyFolder(this.#folder);
  }

  #path(cell: string): string {
    return join(this.#folder, `${cell}.jsonl`);
  }
}
