/** Writing so that a crash at any byte leaves the old file or the new one, never a part of one. */

import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

import { MeanfieldError } from '@meanfield/core';

/** The system's code of an error, such as "ENOENT". */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What the system said, without the call and the path: "EACCES: permission denied". */
export function systemReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return systemCode(error) === undefined ? text : (text.split(',', 1)[0] ?? text);
}

export function unwritable(path: string, error: unknown): MeanfieldError {
  return new MeanfieldError({
    code: 'OUTPUT_UNWRITABLE',
    expected: `to be able to write ${path}`,
    found: systemReason(error),
    remedy: 'choose another place for it, or make this one writable and give it space',
    cause: error,
  });
}

/** Runs `write`, whose errors mean that `path` cannot be written. */
export function writing<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes every byte at the file's position: one call of the system, more only where that was cut short. */
export function writeFully(descriptor: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written, bytes.length - written);
}

/** Makes a rename or a new file in the folder durable, on systems where a folder can be opened for that. */
function syncFolder(folder: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(descriptor);
  } catch {
    // Windows and some network file systems cannot; the file itself has been synced.
  } finally {
    closeSync(descriptor);
  }
}

/** Name of the file that `writeAtomically` writes first; left behind only by a crash, and overwritten by the next write. */
const temporaryName = (path: string): string => `${path}.partial`;

/** A device or a pipe takes bytes, but must not be replaced by a file. */
export function isSpecial(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** The file that a path leads to through links; the path itself where there is nothing yet. */
function targetOf(path: string): string {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? path : realpathSync(path);
}

function writeChunks(path: string, chunks: Iterable<string | Uint8Array>, sync: boolean): void {
  const descriptor = openSync(path, 'w');
  try {
    for (const chunk of chunks)
      writeFully(descriptor, typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    if (sync) fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Writes a neighbour, syncs it and renames it over the file. */
function replaceFile(path: string, chunks: Iterable<string | Uint8Array>): void {
  const partial = temporaryName(path);
  try {
    writeChunks(partial, chunks, true);
    renameSync(partial, path);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

/** Removes a folder where nothing is left in it. */
export function removeEmptyFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It is not there, or holds what unfinished cells left.
  }
}

/** Removes a file that `writeAtomically` writes, and what a killed writer left beside it. */
export function removeWritten(path: string): void {
  for (const each of [path, temporaryName(path)]) rmSync(each, { force: true });
}

/**
 * Replaces a file's content in one step. A link is followed; a device or a pipe (`/dev/stdout`) is written to.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE; the old file, if any, is then untouched
 */
export function writeAtomically(path: string, chunks: Iterable<string | Uint8Array>): void {
  writing(path, () => {
    if (isSpecial(path)) writeChunks(path, chunks, false);
    else replaceFile(targetOf(path), chunks);
  });
}
