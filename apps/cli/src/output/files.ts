/** Files that a command writes: whole or not at all. */

import { MeanfieldError } from '@meanfield/core';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

function unwritable(path: string, cause: unknown): MeanfieldError {
  return new MeanfieldError({
    code: 'OUTPUT_UNWRITABLE',
    expected: `to be able to write ${path}`,
    found: cause instanceof Error ? cause.message : String(cause),
    remedy: 'choose another place with --out',
    cause,
  });
}

/**
 * Checks before any work starts that a file can be written where the user wants it: its folder exists, or
 * can be made, and takes a new file; the path itself is not a folder.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE
 */
export function requireWritable(path: string): void {
  const target = resolve(path);
  const probe = join(dirname(target), `.meanfield-${process.pid}.probe`);
  try {
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new Error('it is a folder');
    }
    mkdirSync(dirname(target), { recursive: true });
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Writes a file so that a reader sees the old one or the new one, never half of it. Throws OUTPUT_UNWRITABLE. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const target = resolve(path);
  const temporary = join(dirname(target), `.meanfield-${process.pid}.tmp`);
  try {
    mkdirSync(dirname(target), { recursive: true });
    const file = openSync(temporary, 'w');
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let written = 0; written < bytes.length;) {
        written += writeSync(file, bytes, written, bytes.length - written);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, target);
  } catch (cause) {
    rmSync(temporary, { force: true });
    throw unwritable(path, cause);
  }
}
