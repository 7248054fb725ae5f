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

/** The nearest folder of a path that is there already. Throws when something else stands in its place. */
function existingFolder(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return existingFolder(dirname(path));
  if (!found.isDirectory()) throw new Error(`${path} is not a folder`);
  return path;
}

/**
 * Checks before any work starts that a file can be written where the user wants it: the nearest folder
 * that exists takes a new file, and the path itself is not a folder. Leaves nothing behind, so that work that fails
 * later does not either. A device needs no folder of ours.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE
 */
export function requireWritable(path: string): void {
  const target = resolve(path);
  preparing(path, () => {
    if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true)
      throw new Error('it is a folder');
    if (isSpecial(target)) {
      accessSync(target, constants.W_OK);
      return;
    }
    const probe = join(existingFolder(dirname(target)), `.meanfield-${process.pid}.probe`);
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
