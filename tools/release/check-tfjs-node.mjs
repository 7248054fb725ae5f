/**
 * The contract of backends on tfjs-node, whose native binding no package registry brings: built here from a wheel of
 * tensorflow-cpu, where pip finds one. Says why where it cannot be had; fails where it can and a test does. Needs a build of
 * the workspace; two minutes and 2 GB for a while.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import tfjsNode from '../../plugins/backend-tfjs-node/dist/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BUILD = join(root, 'plugins/backend-tfjs-node/test/native/build.mjs');
const WHEEL = 'tensorflow-cpu==2.21.0';
const MOST_SECONDS = 150;

/** Undefined where it succeeds, else how it ended. */
function failureOf(command, args) {
  const { status, signal, error, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: MOST_SECONDS * 1000,
  });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n').at(-1) ?? String(signal ?? status);
}

/** The folder of tfjs-node in `folder`, or why there is none. */
function built(folder) {
  const found = failureOf('python3', ['-m', 'pip', 'download', '--no-deps', '--quiet', '-d', folder, WHEEL]);
  if (found !== undefined) return { reason: `pip finds no ${WHEEL} here (${found})` };
  const wheel = join(folder, readdirSync(folder)[0]);
  const target = join(folder, 'built');
  const made = failureOf(process.execPath, [BUILD, wheel, target]);
  if (made !== undefined) return { reason: `the binding does not build here (${made})` };
  return { module: join(target, 'node_modules/@tensorflow/tfjs-node') };
}

async function check(folder) {
  const { module, reason } = built(folder);
  if (module === undefined) {
    process.stdout.write(`skipped: ${reason}\n`);
    return 0;
  }
  const answer = await tfjsNode.create({ module }).availability();
  if (!answer.available) {
    process.stderr.write(`${answer.reason}\n`);
    return 1;
  }
  return spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', 'plugins/backend-tfjs-node'],
    { cwd: root, stdio: 'inherit', env: { ...process.env, MEANFIELD_TFJS_NODE: module } },
  ).status;
}

const folder = mkdtempSync(join(tmpdir(), 'meanfield-tfjs-node-'));
try {
  process.exitCode = (await check(folder)) ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
