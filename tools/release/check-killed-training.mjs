/**
 * Kills a training of the default backend at ten random moments, goes on after each, and compares the networks with those of
 * an undisturbed run, byte by byte. By hand, before a release.
 *
 *   node tools/release/check-killed-training.mjs [BACKEND]
 */

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../apps/cli/bin/meanfield.js', import.meta.url));
const KILLS = 10;
const NETWORKS = 2;
const [backend = 'simd'] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'meanfield-killed-'));
const command = (name) => [
  ...[BIN, 'train', '--json', '--backend', backend, '--optimizer', 'adam', '--measure', 'gradients'],
  ...['--set', 'task.examples=1000', '--set', 'task.validationExamples=200', '--batch-size', '100'],
  ...['--networks', String(NETWORKS), '--hidden', '50x10', '--steps', '1000', '--every', '100'],
  ...['--checkpoint', join(folder, `checkpoint-${name}`), '--checkpoint-every', '0'],
  ...['--save', join(folder, `${name}.safetensors`)],
];

/** The result of a run to its end */
function run(name) {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] };
  const { status, stdout } = spawnSync(process.execPath, command(name), options);
  if (status !== 0) throw new Error(`a run ended with ${status}`);
  return JSON.parse(stdout);
}

/** Ends a run so many seconds after its first steps. */
async function kill(seconds) {
  const child = spawn(process.execPath, [...command('killed'), '--progress', 'json'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(signal ?? code)));
  const trains = new Promise((resolve) =>
    child.stderr.on('data', (chunk) => {
      if (chunk.toString().includes('training from')) resolve();
    }),
  );
  await Promise.race([ended, trains]);
  await Promise.race([ended, sleep(seconds * 1000)]);
  child.kill('SIGKILL');
  return ended;
}

const undisturbed = run('undisturbed');
for (let count = 1; count <= KILLS; count++) {
  // All together they take a little less than the run, so that few come after its end.
  const seconds = (1.5 * Math.random() * undisturbed.trainingSeconds) / KILLS;
  const end = await kill(seconds);
  process.stdout.write(
    `kill ${count}, ${seconds.toFixed(2)} s after the first steps: ended by ${String(end)}\n`,
  );
}
const last = run('killed');
for (const remark of last.remarks) process.stdout.write(`Remark: ${remark}\n`);

const bytes = (name) =>
  Array.from({ length: NETWORKS }, (_, network) =>
    readFileSync(join(folder, `${name}-${network}.safetensors`)),
  );
const [whole, resumed] = [bytes('undisturbed'), bytes('killed')];
const same = {
  networks: whole.every((each, network) => each.equals(resumed[network])),
  curves: JSON.stringify(undisturbed.curves) === JSON.stringify(last.curves),
};
process.stdout.write(
  `went on from step ${last.resumedAt} of ${last.steps}; networks ${same.networks ? 'are the same bytes' : 'differ'}, ` +
    `curves ${same.curves ? 'are the same' : 'differ'}\n`,
);
rmSync(folder, { recursive: true, force: true });
process.exit(same.networks && same.curves && last.resumedAt > 0 ? 0 : 1);
