/**
 * `node tools/bench/soak.mjs [--steps N] [--json] [--reserve]`: a million steps of small networks, and whether resident memory stays
 * flat: exits 1 unless every sample after the first tenth of the steps is within 5 % of the second tenth, above and below.
 *
 * V8 enlarges its young generation while a program starts, and at some full collection, which may come late, gives that reserve
 * back: 27 of 120 MiB in one run that training does not need. So it is kept at 1 MiB here; --reserve leaves it to V8.
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const YOUNG = '--max-semi-space-size=1';
const MOST = 0.05;
const program = fileURLToPath(import.meta.url);

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
    reserve: { type: 'boolean', default: false },
  },
});
const steps = Number(values.steps);
if (!Number.isSafeInteger(steps) || steps < 1000) {
  process.stderr.write(`Expected a whole number of steps from 1000 on, found ${values.steps}.\n`);
  process.exit(2);
}
if (!values.reserve && !process.execArgv.includes(YOUNG)) {
  // V8 reads the size when the process starts.
  const again = [YOUNG, program, ...process.argv.slice(2)];
  process.exit(spawnSync(process.execPath, again, { stdio: 'inherit' }).status ?? 1);
}

const { soak } = await import('./dist/soak.js');
const found = await soak(steps, (line) => process.stderr.write(`${line}\n`));
const percent = (share) => `${(100 * share).toFixed(2)} %`;
const mebibytes = (each) => each.map((value) => value.toFixed(1));
const { all, warm } = found.extremesMiB;
const flat = found.growth <= MOST && found.fall <= MOST;
const text = [
  `soak: ${found.steps} steps of each of ${found.networks} networks in ${found.seconds.toFixed(0)} s; ${found.checkpoints} states kept; ` +
    `${found.liveBuffers.start} buffers at the start, ${found.liveBuffers.end} at the end`,
  `resident memory by tenths of the steps: ${mebibytes(found.residentMiB).join(', ')} MiB`,
  `all samples: ${mebibytes(all).join(' to ')} MiB; after the first tenth: ${mebibytes(warm).join(' to ')} MiB, at most ` +
    `${percent(found.growth)} above and ${percent(found.fall)} below the second (${found.baselineMiB.toFixed(1)} MiB): ` +
    `${flat ? 'flat' : 'not flat'} within ${percent(MOST)}`,
].join('\n');
process.stdout.write(`${values.json ? JSON.stringify({ ...found, reserve: values.reserve, flat }) : text}\n`);
process.exitCode = flat ? 0 : 1;
