/** Packs every published package of the workspace into tarballs, as a release would. */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../bootstrap/ensure.mjs';

const PUBLISHED = ['packages', 'plugins', 'apps'].flatMap((group) => ['--filter', `./${group}/*`]);

/** Packs all of them into `target`, emptied first; returns tarball paths by package name. */
export function packAll(target) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
  const child = spawnSync(
    'npx',
    ['--yes', '--prefer-offline', pnpm, ...PUBLISHED, '-r', 'pack', '--json', '--pack-destination', target],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 26 },
  );
  if (child.status !== 0) {
    process.stderr.write(`${child.stdout}\nPacking failed.\n`);
    process.exit(1);
  }
  const tarballs = new Map();
  for (const { name, filename } of JSON.parse(child.stdout)) tarballs.set(name, filename);
  return tarballs;
}
