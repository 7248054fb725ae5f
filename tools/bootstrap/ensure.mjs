/**
 * Brings a fresh checkout to a built state with nothing but Node and npm: checks Node, installs the locked
 * dependencies if they are not the installed ones, builds what is out of date.
 */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const PNPM = JSON.parse(readFileSync(`${root}package.json`, 'utf8')).packageManager;
const OLDEST = [20, 19];

/** Runs a command at the root with its output shown; ends this process with its exit code if that is not 0. */
export function run(command, args, env = {}) {
  const windowsShell = process.platform === 'win32' && command !== process.execPath;
  const child = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: windowsShell,
    env: { ...process.env, ...env },
  });
  if (child.error) {
    process.stderr.write(`Expected ${command} to start, found ${child.error.message}; check your PATH.\n`);
    process.exit(1);
  }
  if (child.status !== 0) process.exit(child.status ?? 1);
}

export const runNode = (script, ...args) => run(process.execPath, [`${root}${script}`, ...args]);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  process.stderr.write(
    `Expected Node ${OLDEST.join('.')} or later, found ${process.version}; install a newer Node.\n`,
  );
  process.exit(2);
}

function install() {
  const installed = `${root}node_modules/.pnpm/lock.yaml`;
  const wanted = readFileSync(`${root}pnpm-lock.yaml`, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  process.stderr.write('Installing dependencies …\n');
  run('npx', [
    '--yes',
    '--prefer-offline',
    PNPM,
    'install',
    '--frozen-lockfile',
    '--prefer-offline',
    '--reporter=append-only',
  ]);
}

/** Installs and builds whatever is missing or out of date. */
export function ensureBuilt() {
  checkNode();
  install();
  process.stderr.write('Building …\n');
  runNode('node_modules/typescript7/bin/tsc', '-b');
}
