/** Runs tests of what depends on the runtime (streams, workers, files, tfjs, the command line) on newer Nodes. */

import { spawnSync } from 'node:child_process';

import { ensureBuilt, root } from '../bootstrap/ensure.mjs';

const VERSIONS = ['22.23.0', '24.21.0'];
const TESTS = [
  'packages/core',
  'packages/numerics/test/random',
  'packages/lab',
  'packages/dense-engine',
  'plugins/backend-simd',
  'plugins/backend-openblas',
  'plugins/backend-tfjs/',
  'apps/cli/test/commands.test.ts',
  'apps/cli/test/determinism.test.ts',
  'apps/cli/test/train.test.ts',
];

function npxNode(version, ...args) {
  return spawnSync('npx', ['--yes', '--prefer-offline', '-p', `node@${version}`, 'node', ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
}

ensureBuilt();
for (const version of VERSIONS) {
  const found = npxNode(version, '-p', 'process.version').stdout.trim();
  if (found !== `v${version}`) {
    process.stderr.write(
      `Expected to run Node ${version}, found ${found || 'nothing'}; is the registry reachable?\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`== Node ${version}\n`);
  const tests = npxNode(version, 'node_modules/vitest/vitest.mjs', 'run', '--reporter=dot', ...TESTS);
  process.stdout.write(tests.stdout);
  if (tests.status !== 0) process.exit(1);
}
