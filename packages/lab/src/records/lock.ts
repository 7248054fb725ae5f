/**
 * One writer for a run folder.
 *
 * The lock is a file that names its process. A lock whose process has ended (a killed run) is stale and is
 * taken over. A process is known by its number and, where the system tells (Linux), by its start time, since
 * numbers are used again, in containers at once.
 */

import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { MeanfieldError } from '@meanfield/core';
import { z } from 'zod';

import { systemCode, unwritable } from './files.js';

const FILE = 'lock';

const ownerSchema = z.strictObject({
  pid: z.int().positive(),
  started: z.string().nullable(),
  host: z.string(),
});
type Owner = z.infer<typeof ownerSchema>;

/** Start time of a process in clock ticks since boot (field 22 of /proc/PID/stat), null where that is not known. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the command in parentheses, may itself hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** A process of another machine counts as running: there is no way to ask it. */
function isRunning({ pid, started, host }: Owner): boolean {
  if (host !== hostname()) return true;
  return exists(pid) && (started === null || startOf(pid) === started);
}

/** null when there is no lock, 'unknown' when the file does not say whose it is. */
function ownerIn(path: string): Owner | 'unknown' | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? null : 'unknown';
  }
  try {
    return ownerSchema.parse(JSON.parse(text));
  } catch {
    return 'unknown';
  }
}

/** False when another process was faster. */
function create(path: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'wx');
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw unwritable(path, error);
  }
  try {
    const owner: Owner = { pid: process.pid, started: startOf(process.pid), host: hostname() };
    writeSync(descriptor, JSON.stringify(owner));
  } catch (error) {
    rmSync(path, { force: true });
    throw unwritable(path, error);
  } finally {
    closeSync(descriptor);
  }
  return true;
}

/** Moves a stale lock aside; if what was moved turns out to be another process's new lock, it is put back. */
function clearStale(path: string, stale: Owner): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (JSON.stringify(ownerIn(aside)) === JSON.stringify(stale)) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/**
 * Locks a folder; the function returned unlocks it.
 *
 * @throws MeanfieldError OUTPUT_UNWRITABLE when another run holds it or it cannot be written
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, FILE);
  for (let attempt = 0; attempt < 3; attempt++) {
    if (create(path)) return () => rmSync(path, { force: true });
    const owner = ownerIn(path);
    if (owner === null) continue;
    if (owner === 'unknown' || isRunning(owner)) throw held(folder, path, owner);
    clearStale(path, owner);
  }
  throw held(folder, path, 'unknown');
}

function held(folder: string, path: string, owner: Owner | 'unknown'): MeanfieldError {
  const who = owner === 'unknown' ? 'an unnamed process' : `process ${owner.pid} on ${owner.host}`;
  return new MeanfieldError({
    code: 'OUTPUT_UNWRITABLE',
    expected: `that no other run writes ${folder}`,
    found: `the lock of ${who}`,
    remedy: `wait until it ends or choose another folder; if no such run exists, remove ${path}`,
  });
}
