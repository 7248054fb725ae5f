/**
 * `node check-node.mjs [MAJOR …]`: tests of what depends on the runtime (streams, workers, files, tfjs, the command line) on
 * newer Nodes, all by default.
 */

import { spawnSync } from 'node:child_process';

import { ensureBuilt, root } from '../bootstrap/ensure.mjs';

/** What V8 may compile otherwise, or otherwise wrong */
const ENGINE = ['packages/dense-engine', 'plugins/backend-simd', 'plugins/backend-openblas'];
const SOME = [...ENGINE, 'packages/core', 'plugins/backend-tfjs/', 'apps/cli/test/commands.test.ts'];
const ALL = [
  ...SOME,
  'packages/numerics/test/random',
  'packages/lab',
  'apps/cli/test/determinism.test.ts',
  'apps/cli/test/train.test.ts',
];
const RUNS = { 22: ['22.23.0', SOME], 24: ['24.21.0', ALL], 26: ['26.10.0', ENGINE] };

const asked = process.argv.slice(2);
const unknown = asked.find((major) => RUNS[major] === undefined);
if (unknown !== undefined) {
  process.stderr.write(`Expected any of ${Object.keys(RUNS).join(', ')}, found ${unknown}.\n`);
  process.exit(2);
}
const runs = (asked.length > 0 ? asked : Object.keys(RUNS)).map((major) => RUNS[major]);

function npxNode(version, ...args) {
  return spawnSync('npx', ['--yes', '--prefer-offline', '-p', `node@${version}`, 'node', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
}

ensureBuilt();
for (const [version, paths] of runs) {
  const found = npxNode(version, '-p', 'process.version').stdout.trim();
  if (found !== `v${version}`) {
    process.stderr.write(
      `Expected to run Node ${version}, found ${found || 'nothing'}; is the registry reachable?\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`== Node ${version}\n`);
  const tests = npxNode(version, 'node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...paths);
  process.stdout.write(tests.stdout);
  if (tests.status !== 0) process.exit(1);
}
