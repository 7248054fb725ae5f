/** Files that a command writes: whole or not at all. */

import { isSpecial, unwritable, writeAtomically } from '@meanfield/lab';
import { accessSync, closeSync, constants, mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Runs `body`, whose errors mean that `path` cannot be written. */
function preparing(path: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Checks before any work starts that a file can be written where the user wants it: its folder exists, or
 * can be made, and takes a new file; the path itself is not a folder. A device needs no folder of ours.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE
 */
export function requireWritable(path: string): void {
  const target = resolve(path);
  const probe = join(dirname(target), `.meanfield-${process.pid}.probe`);
  preparing(path, () => {
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new Error('it is a folder');
    if (isSpecial(target)) {
      accessSync(target, constants.W_OK);
      return;
    }
    mkdirSync(dirname(target), { recursive: true });
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
  });
}

/** Writes a file so that a reader sees the old one or the new one, never half of it. Throws OUTPUT_UNWRITABLE. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const target = resolve(path);
  preparing(path, () => void mkdirSync(dirname(target), { recursive: true }));
  writeAtomically(target, [content]);
}
