/** Folders of a few files that a command writes: all of them or none. */

import { unwritable, writeAtomically } from '@meanfield/lab';
import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { requireWritable } from './files.js';

/** The folder that a path leads to through links; the path itself where there is nothing yet. */
const targetOf = (path: string): string =>
  lstatSync(path, { throwIfNoEntry: false }) === undefined ? resolve(path) : realpathSync(path);

/** Throws OUTPUT_UNWRITABLE unless the folder could be replaced without loss of anything but those files. */
function requireReplaceable(path: string, names: readonly string[]): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw unwritable(path, new Error('it is not a folder'));
  const other = readdirSync(path).find((name) => !names.includes(name));
  if (other !== undefined) throw unwritable(path, new Error(`it is a folder that has ${other} in it`));
}

/**
 * Checks before any work starts that a folder of these files can be written. Leaves nothing behind.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE; also where the folder has other files in it, which are not ours to remove
 */
export function requireWritableFolder(path: string, names: readonly string[]): void {
  requireReplaceable(path, names);
  // A neighbour is what is written first.
  requireWritable(`${targetOf(path)}.partial`);
}

/**
 * Writes a folder of files. One that is there already, of files of these names alone, is replaced as a whole: a crash
 * leaves the old one, the new one, or, between two renames, the old one under a name that ends in `.replaced`.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE
 */
export function writeFolder(path: string, files: Readonly<Record<string, Uint8Array>>): void {
  requireReplaceable(path, Object.keys(files));
  try {
    const target = targetOf(path);
    mkdirSync(dirname(target), { recursive: true });
    const partial = `${target}.partial-${randomUUID()}`;
    mkdirSync(partial);
    try {
      for (const [name, bytes] of Object.entries(files)) writeAtomically(join(partial, name), [bytes]);
      replace(target, partial);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      throw error;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function replace(target: string, partial: string): void {
  if (statSync(target, { throwIfNoEntry: false }) === undefined) {
    renameSync(partial, target);
    return;
  }
  const replaced = `${partial}.replaced`;
  renameSync(target, replaced);
  try {
    renameSync(partial, target);
  } catch (error) {
    renameSync(replaced, target);
    throw error;
  }
  rmSync(replaced, { recursive: true });
}
