/**
 * A run folder: `manifest.json` beside `records.jsonl`.
 *
 * While a run goes on, records are appended as cells finish. When it ends they are rewritten in the order of
 * the manifest, one a cell, so that the same pipeline gives the same bytes (apart from `timing`) however many
 * workers ran it and however often it was killed.
 */

import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { MeanfieldError } from '@meanfield/core';

import type { Cell } from '../cell.js';
import type { CellKeeping } from '../executors/executor.js';
import { removeEmptyFolder, removeWritten, unwritable, writeAtomically, writing } from './files.js';
import { JournalWriter, readJournal } from './journal.js';
import { lockFolder } from './lock.js';
import { readManifest, type Manifest } from './manifest.js';
import { PartsFolder } from './found-parts.js';
import { encodeRecord, type CellRecord } from './record.js';

const manifestPath = (folder: string): string => join(folder, 'manifest.json');
/** A file for each unfinished cell that keeps its state */
const CHECKPOINTS = 'checkpoints';
const recordsPath = (folder: string): string => join(folder, 'records.jsonl');

/** Keeps the record of each cell that counts: the last, but none replaces a complete one. */
function keep(latest: Map<string, CellRecord>, record: CellRecord): void {
  if (latest.get(record.cell)?.status !== 'complete') latest.set(record.cell, record);
}

function latestByCell(records: Iterable<CellRecord>): Map<string, CellRecord> {
  const latest = new Map<string, CellRecord>();
  for (const record of records) keep(latest, record);
  return latest;
}

/** Cells of the old manifest that the new one lacks and that have records. */
function earlierCells(
  old: Manifest | null,
  next: Manifest,
  records: ReadonlyMap<string, CellRecord>,
): Cell[] {
  const current = new Set(next.cells.map(({ id }) => id));
  return [...(old?.cells ?? []), ...(old?.earlier ?? [])].filter(
    ({ id }) => !current.has(id) && records.has(id),
  );
}

function makeFolder(folder: string): void {
  const found = writing(folder, () => statSync(folder, { throwIfNoEntry: false }));
  if (found !== undefined && !found.isDirectory()) throw unwritable(folder, new Error('a file of that name'));
  writing(folder, () => mkdirSync(folder, { recursive: true }));
}

/** Null where the folder has none. Throws INVALID_FILE. */
export function manifestIn(folder: string): Manifest | null {
  return readManifest(manifestPath(folder));
}

export class RunFolder {
  readonly folder: string;
  /** With the cells of earlier pipelines of this folder added */
  readonly manifest: Manifest;
  /** Bytes of a torn last line that were cut away on opening */
  readonly torn: number;
  readonly #latest: Map<string, CellRecord>;
  readonly #unlock: () => void;
  readonly #parts: PartsFolder;
  #writer: JournalWriter | undefined;

  private constructor(folder: string, planned: Manifest, unlock: () => void) {
    this.folder = folder;
    this.#unlock = unlock;
    this.#parts = new PartsFolder(folder);
    const old = manifestIn(folder);
    const content = readJournal(recordsPath(folder));
    this.torn = content.torn;
    this.#latest = latestByCell(content.records);
    this.manifest = { ...planned, earlier: earlierCells(old, planned, this.#latest) };
    writeAtomically(manifestPath(folder), [`${JSON.stringify(this.manifest, null, 2)}\n`]);
    this.#writer = new JournalWriter(recordsPath(folder), content.length);
  }

  /**
   * Opens a folder for one run of a planned manifest; makes it where it does not exist.
   *
   * @throws MeanfieldError OUTPUT_UNWRITABLE (also when another run holds it), INVALID_FILE when its files
   * are not those of a run; nothing in it has then changed
   */
  static open(folder: string, planned: Manifest): RunFolder {
    makeFolder(folder);
    const unlock = lockFolder(folder);
    try {
      return new RunFolder(folder, planned, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  recordOf(cell: string): CellRecord | undefined {
    return this.#latest.get(cell);
  }

  /** @throws MeanfieldError OUTPUT_UNWRITABLE */
  append(record: CellRecord): void {
    this.#writer?.append(record);
    keep(this.#latest, record);
    if (record.status !== 'complete') return;
    this.#parts.remove(record.cell);
    removeWritten(this.#checkpointPath(record.cell));
  }

  /** What is kept of a cell without a complete record. Throws MeanfieldError OUTPUT_UNWRITABLE. */
  keepingOf(cell: string, everySeconds: number): CellKeeping {
    const checkpoint = { path: this.#checkpointPath(cell), everySeconds };
    return { parts: this.#parts.of(cell), checkpoint };
  }

  #checkpointPath(cell: string): string {
    return join(this.folder, CHECKPOINTS, cell);
  }

  /** Rewrites the records in the order of the manifest; those of earlier pipelines follow. */
  finish(): void {
    this.#closeWriter();
    const known = [...this.manifest.cells, ...this.manifest.earlier].map(({ id }) => id);
    const ids = new Set([...known, ...this.#latest.keys()]);
    const records = [...ids].flatMap((id) => this.#latest.get(id) ?? []);
    writeAtomically(recordsPath(this.folder), records.map(encodeRecord));
    this.#parts.close();
    removeEmptyFolder(join(this.folder, CHECKPOINTS));
  }

  /** Unlocks the folder. Call it in any case. */
  close(): void {
    this.#closeWriter();
    this.#unlock();
  }

  #closeWriter(): void {
    this.#writer?.close();
    this.#writer = undefined;
  }
}

/** A run as reports read it. */
export interface Run {
  readonly folder: string;
  readonly manifest: Manifest;
  /** By id of cell; cells that have not run yet are absent */
  readonly records: ReadonlyMap<string, CellRecord>;
  /** Bytes of a torn last line: a run that was killed and has not been continued, or one that is writing */
  readonly torn: number;
}

/**
 * Reads a run folder and changes nothing in it; a run that is still going on can be read too.
 *
 * @throws MeanfieldError INVALID_FILE when the folder holds no run or its files are damaged
 */
export function openRun(folder: string): Run {
  const manifest = manifestIn(folder);
  if (manifest === null) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: `a run folder, which holds manifest.json and records.jsonl, at ${folder}`,
      found: 'no manifest.json in it',
      remedy: 'give the folder that a run wrote',
    });
  }
  const { records, torn } = readJournal(recordsPath(folder));
  return { folder, manifest, records: latestByCell(records), torn };
}
