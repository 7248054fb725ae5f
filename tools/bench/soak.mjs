/**
 * `node tools/bench/soak.mjs [--steps N] [--json]`: a million steps of small networks, and whether resident memory stays
 * flat. Exits 1 where it grows by more than 5 %.
 */

import { parseArgs } from 'node:util';

const { soak } = await import('./dist/soak.js');
const MOST_GROWTH = 0.05;

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '1000000' }, json: { type: 'boolean', default: false } },
});
const steps = Number(values.steps);
if (!Number.isSafeInteger(steps) || steps < 1000) {
  process.stderr.write(`Expected a whole number of steps from 1000 on, found ${values.steps}.\n`);
  process.exit(2);
}

const found = await soak(steps, (line) => process.stderr.write(`${line}\n`));
const percent = (share) => `${(100 * share).toFixed(2)} %`;
process.stdout.write(
  values.json
    ? `${JSON.stringify(found)}\n`
    : `soak: ${found.steps} steps of each of ${found.networks} networks in ${found.seconds.toFixed(0)} s; resident memory ` +
        `${found.residentMiB.map((each) => each.toFixed(0)).join(', ')} MiB by tenths of the steps: drift ${percent(found.drift)} ` +
        `from the second tenth to the last, growth at most ${percent(found.growth)}; ` +
        `${found.liveBuffers.start} buffers at the start, ${found.liveBuffers.end} at the end; ${found.checkpoints} states kept\n`,
);
process.exitCode = found.growth <= MOST_GROWTH ? 0 : 1;
