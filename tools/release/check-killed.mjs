/**
 * Kills `meanfield reproduce --all --quick` at ten random moments, goes on after each, and compares the report with that of
 * an undisturbed run. By hand, before a release: it takes two runs of everything.
 *
 *   node tools/release/check-killed.mjs [SOURCE] [SECONDS]   at most SECONDS (150) between a start and its kill
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../apps/cli/bin/meanfield.js', import.meta.url));
const KILLS = 10;
const [source, longest = '150'] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'meanfield-killed-'));
const command = (out) => [
  BIN,
  'reproduce',
  ...(source === undefined ? [] : [source]),
  '--all',
  '--quick',
  '--out',
  join(folder, out),
];
const run = (out) =>
  spawnSync(process.execPath, command(out), { stdio: ['ignore', 'ignore', 'inherit'] }).status;
const report = (out) => readFileSync(join(folder, out, 'report-quick.html'), 'utf8');

for (let kill = 1; kill <= KILLS; kill++) {
  const seconds = Math.random() * Number(longest);
  const child = spawn(process.execPath, command('killed'), { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  await Promise.race([ended, sleep(seconds * 1000)]);
  child.kill('SIGKILL');
  process.stdout.write(`kill ${kill} after ${seconds.toFixed(1)} s: ended by ${await ended}\n`);
}
const codes = [run('killed'), run('undisturbed')];
const same = report('killed') === report('undisturbed');
process.stdout.write(
  `exit codes ${codes.join(', ')}; reports ${same ? 'are the same' : 'differ'}, in ${folder}\n`,
);
process.exit(same ? 0 : 1);
