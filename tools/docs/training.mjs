/**
 * docs/time-to-accuracy.md and its figures from the kept run in docs/time-to-accuracy/.
 *
 *   node tools/docs/training.mjs                 writes the page and the figures
 *   node tools/docs/training.mjs --check         fails unless they are what the run gives
 *   node tools/docs/training.mjs --keep FOLDER   takes the records of a run of docs/time-to-accuracy/images.yaml
 *
 * --commit HASH and --machine TEXT as in reproduction.mjs. Needs a build.
 */

import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { percent, timeEntry, TIME_NOTES } from '../../apps/cli/dist/output/time-to-accuracy.js';
import { showEntry } from '../../apps/cli/dist/output/table.js';
import { figuresOf } from '../../apps/cli/dist/report/report.js';
import { cellsOf } from '../../apps/cli/dist/report/step-cells.js';
import { stepTimes } from '../../apps/cli/dist/report/time-to-accuracy.js';
import { judge, openRun } from '../../packages/lab/dist/index.js';
import { fail, flags, madeBy, root, table, writeOrCheck } from './page.mjs';

const COMMAND = 'node tools/docs/training.mjs';
const FOLDER = join(root, 'docs/time-to-accuracy');
const TARGETS = [0.8, 0.85, 0.95, 0.97];
const SCHEME = 'RAAI';

function keep(folder, made) {
  for (const name of ['manifest.json', 'records.jsonl']) {
    if (!existsSync(join(folder, name))) fail(`Expected a run folder, found no ${name} in ${folder}.`);
    copyFileSync(join(folder, name), join(FOLDER, name));
  }
  writeFileSync(join(FOLDER, 'made.json'), `${JSON.stringify(madeBy(made), undefined, 2)}\n`);
}

const timesOf = (run, step) => stepTimes(step, cellsOf(run, step), TARGETS).cells;

function timesTable(cells) {
  const rows = cells.map(({ labels, times }) => [
    labels.task,
    labels.initializer,
    ...times.map((time) => showEntry(timeEntry(time))),
  ]);
  return table(['task', 'initializer', ...TARGETS.map((target) => `epochs to ${percent(target)}`)], rows);
}

/** How many epochs sooner `scheme` is than `other`, by the rule of verdicts for "above 0". */
function lead(scheme, other) {
  if ([scheme, other].some(({ reached, networks }) => reached < networks)) return undefined;
  const stderr = Math.hypot(scheme.epochs.stderr, other.epochs.stderr);
  const value = other.epochs.mean - scheme.epochs.mean;
  const verdict = judge({ kind: 'above', bound: 0 }, { value, stderr });
  const words = { agrees: 'ahead', disagrees: 'behind' };
  return `${showEntry({ value, stderr })}: ${words[verdict] ?? 'not decidable'}`;
}

function leadsTable(cells) {
  const others = [...new Set(cells.map(({ labels }) => labels.initializer))].filter(
    (name) => name !== SCHEME,
  );
  const rows = cells.flatMap(({ labels, times }) => {
    if (labels.initializer !== SCHEME) return [];
    const rivals = others.map((name) =>
      cells.find((each) => each.labels.task === labels.task && each.labels.initializer === name),
    );
    return times.flatMap((time, index) => {
      const found = rivals.map((rival) => lead(time, rival.times[index]));
      if (found.every((each) => each === undefined)) return [];
      return [[labels.task, percent(time.target), ...found.map((each) => each ?? '')]];
    });
  });
  return table(['task', 'accuracy', ...others.map((name) => `epochs before ${name}`)], rows);
}

function page(run) {
  const { commit, machine } = JSON.parse(readFileSync(join(FOLDER, 'made.json'), 'utf8'));
  const steps = run.manifest.steps.flatMap((step) => {
    const cells = timesOf(run, step);
    return [
      `## ${step.title}`,
      `![Validation loss and accuracy by step, ${step.title}](time-to-accuracy/${step.id}.svg)`,
      timesTable(cells),
      `How much sooner ${SCHEME} is there, where all networks of both get there:`,
      leadsTable(cells),
    ];
  });
  return `${[
    '# Time to accuracy',
    `Written by \`${COMMAND}\` from the records in [\`time-to-accuracy/\`](time-to-accuracy); not by hand. ${run.manifest.title}; ` +
      `commit \`${commit}\`, ${machine}. [\`images.yaml\`](time-to-accuracy/images.yaml) makes it again, in 3.2 · 10⁵ network-steps:`,
    '```sh\nmeanfield run docs/time-to-accuracy/images.yaml --data ./data --out runs/images # goes on where it was stopped\n' +
      `meanfield report runs/images --targets ${TARGETS.join(',')} --figures runs/images\n\`\`\``,
    `\`singh2021\` §3.4 has ${SCHEME} on par with or ahead of the others. Ahead or behind is said where a difference is three standard ` +
      'errors or more.',
    ...steps,
    '## What the numbers are',
    ...TIME_NOTES,
  ].join('\n\n')}\n`;
}

const { check, keep: folder, ...made } = flags();
if (folder !== undefined) keep(folder, made);

const run = openRun(FOLDER);
for (const { name, svg } of figuresOf(run)) writeOrCheck(join(FOLDER, `${name}.svg`), svg, check, COMMAND);
writeOrCheck(join(root, 'docs/time-to-accuracy.md'), page(run), check, COMMAND);
