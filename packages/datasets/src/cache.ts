/** The folder in which verified downloads are kept. */

import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, posix, win32 } from 'node:path';

export interface MachineEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}

function thisMachine(): MachineEnvironment {
  let home: string;
  try {
    home = homedir();
  } catch {
    // A user without an entry in the system's list and without HOME, as in some containers.
    home = tmpdir();
  }
  return { variables: process.env, platform: process.platform, home };
}

/**
 * `MEANFIELD_CACHE`, or the folder for caches of the platform. The only place that reads the environment.
 */
export function defaultCacheFolder(
  { variables, platform, home }: MachineEnvironment = thisMachine(),
): string {
  const { MEANFIELD_CACHE: own, LOCALAPPDATA: local, XDG_CACHE_HOME: xdg } = variables;
  if (own !== undefined && own !== '') return own;
  if (platform === 'win32')
    return win32.join(local ?? win32.join(home, 'AppData', 'Local'), 'meanfield', 'Cache');
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'meanfield');
  // The XDG specification has relative paths ignored.
  return posix.join(xdg?.startsWith('/') === true ? xdg : posix.join(home, '.cache'), 'meanfield');
}

/** Writes the whole file or nothing, also when several processes do it at once. */
export async function writeAtomically(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.${randomUUID()}.part`;
  try {
    const handle = await open(part, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}
