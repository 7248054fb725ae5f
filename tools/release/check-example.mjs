/**
 * The example of a plugin from outside, as its author would build it: every package packed, the tarballs
 * installed in an empty folder, its contract tests run, and the plugin listed and used by the command line.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ensureBuilt, root } from '../bootstrap/ensure.mjs';
import { packAll } from './pack.mjs';

ensureBuilt();
const folder = mkdtempSync(join(tmpdir(), 'meanfield-example-'));
const home = join(folder, 'plugin');

function call(command, ...args) {
  const child = spawnSync(command, args, { cwd: home, encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (child.status === 0) return child.stdout;
  process.stderr.write(
    `${command} ${args.join(' ')} ended with ${child.status}\n${child.stdout}${child.stderr}\n`,
  );
  process.exit(1);
}

cpSync(join(root, 'examples/third-party-initializer'), home, { recursive: true });
const tarballs = packAll(join(folder, 'tarballs'));
const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
const overrides = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]));
for (const group of ['dependencies', 'devDependencies']) {
  for (const name of Object.keys(manifest[group])) {
    if (name in overrides) manifest[group][name] = overrides[name];
  }
}
writeFileSync(join(home, 'package.json'), JSON.stringify({ ...manifest, private: true, overrides }, null, 2));

call('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
process.stdout.write(call('npm', 'test', '--silent'));

const listed = JSON.parse(
  call('npx', '--no-install', 'meanfield', 'list', 'initializer', '--plugin', './index.js', '--json'),
);
const triangular = listed.plugins.find(({ name }) => name === 'triangular');
if (triangular?.package !== 'meanfield-initializer-triangular') {
  process.stderr.write(`Expected meanfield list to show triangular, found ${JSON.stringify(listed)}\n`);
  process.exit(1);
}
const theory = JSON.parse(
  call(
    'npx',
    '--no-install',
    'meanfield',
    'theory',
    '-a',
    'tanh',
    '-i',
    'triangular',
    '--plugin',
    './index.js',
    '--json',
  ),
);
process.stdout.write(
  `triangular is listed; tanh with triangular: phase ${theory.phase}, chi1 ${theory.chi1}\n`,
);

const run = JSON.parse(
  call('npx', '--no-install', 'meanfield', 'run', 'pipeline.yaml', '--out', 'run', '--json'),
);
if (run.complete !== 4 || !existsSync(join(home, 'run/report.html'))) {
  process.stderr.write(`Expected 4 cells and a report from pipeline.yaml, found ${JSON.stringify(run)}\n`);
  process.exit(1);
}
process.stdout.write(`pipeline.yaml: ${run.complete} cells in worker threads, report written\n`);
rmSync(folder, { recursive: true, force: true });
