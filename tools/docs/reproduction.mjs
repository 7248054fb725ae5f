/**
 * docs/reproduction.md from the records in docs/reproduction/ and the catalogue of what can be reproduced.
 *
 *   node tools/docs/reproduction.mjs                 writes the page
 *   node tools/docs/reproduction.mjs --check         fails unless the page, and every verdict in it, is what the records give
 *   node tools/docs/reproduction.mjs --keep FOLDER   takes the records of run folders in FOLDER, such as runs/reproduce
 *
 * A record is claims.json of a run folder, with the commit and the machine. Needs a build.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expectedText, obtainedText } from '../../apps/cli/dist/report/claims.js';
import { catalogueOf } from '../../apps/cli/dist/reproduce/catalogue.js';
import { reproducedSources } from '../../apps/cli/dist/reproductions/sources.js';
import { createLab } from '../../packages/core/dist/index.js';
import { judge } from '../../packages/lab/dist/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PAGE = join(root, 'docs/reproduction.md');
const RECORDS = join(root, 'docs/reproduction');

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const json = (value) => `${JSON.stringify(value, undefined, 2)}\n`;

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}

/** Of the code that made the records; '+' where files had been changed since. */
function commit() {
  const changed = git('status', '--porcelain', '--', 'apps', 'packages', 'plugins');
  return git('rev-parse', '--short=12', 'HEAD') + (changed === '' ? '' : '+');
}

function keep(folder) {
  mkdirSync(RECORDS, { recursive: true });
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  const made = {
    commit: commit(),
    machine: `${processor}, ${availableParallelism()} cores, ${process.platform}, Node ${process.versions.node}`,
  };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const claims = join(folder, entry.name, 'claims.json');
    if (!entry.isDirectory() || !existsSync(claims)) continue;
    writeFileSync(join(RECORDS, `${entry.name}.json`), json({ ...made, ...readJson(claims) }));
  }
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(head, rows) {
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A record's claim as the command line knows it. Ends the program where its verdict is not what the rule gives. */
function claimOf(record, { claimed, verdict, ...claim }) {
  const found = claimed === null ? 'not decidable at this size' : judge(claimed, claim.obtained);
  if (found !== verdict)
    fail(`${record.id} (${record.size}), claim ${claim.id}: the record says ${verdict}, the rule ${found}.`);
  return { ...claim, expected: claimed, verdict };
}

function section(record) {
  const claims = record.claims.map((claim) => claimOf(record, claim));
  const { where } = record.source;
  const rows = claims.map((claim) => [
    `${claim.statement} (${claim.where})`,
    claim.by,
    expectedText(claim.expected),
    obtainedText(claim.obtained),
    claim.verdict === 'disagrees' ? '**disagrees**' : claim.verdict,
  ]);
  const experiments = record.steps.map(({ experiment, options, over }) => {
    const varied = Object.keys(over).length === 0 ? '' : ` over ${JSON.stringify(over)}`;
    return `- \`${experiment} ${JSON.stringify(options)}${varied}\``;
  });
  return [
    `### ${record.id}, ${record.size}`,
    `${record.title}. Source: ${record.source.key}${where === null ? '' : `, ${where}`}. Cost: ${record.cost}. Seed ${record.seed}, judged at commit \`${record.commit}\`, ${record.machine}.`,
    ...(claims.length === 0 ? [] : [table(['claim', 'by', 'claimed', 'obtained', 'verdict'], rows)]),
    ...(record.unfinished.length === 0 ? [] : [record.unfinished.map((text) => `- ${text}`).join('\n')]),
    `<details><summary>Experiments</summary>\n\n${experiments.join('\n')}\n\n</details>`,
  ].join('\n\n');
}

const counted = ({ claims }, verdict) => claims.filter((claim) => claim.verdict === verdict).length;

function overview(records) {
  const verdicts = ['agrees', 'disagrees', 'not decidable at this size'];
  const rows = records.map((record) => [
    record.id,
    record.size,
    record.title,
    ...verdicts.map((verdict) => counted(record, verdict)),
  ]);
  const sums = verdicts.map((verdict) => records.reduce((sum, record) => sum + counted(record, verdict), 0));
  return table(
    ['id', 'size', 'what it shows', 'agree', 'disagree', 'not decidable'],
    [...rows, ['all', '', '', ...sums]],
  );
}

/** Labels of figures and reports have mathematics between dollar signs, with _ and ^. */
const plain = (label) =>
  label.replaceAll('$', '').replaceAll('^2', '²').replaceAll(/[{}]/g, '').replaceAll('_', '\\_');

function page() {
  const { sources, reproductions } = catalogueOf(createLab(reproducedSources));
  const order = reproductions.map(({ id }) => id);
  const records = readdirSync(RECORDS)
    .sort()
    .map((name) => readJson(join(RECORDS, name)))
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id) || (a.size < b.size ? 1 : -1));
  const recorded = new Set(records.map(({ id }) => id));
  const unknown = records.find(({ id }) => !order.includes(id));
  if (unknown !== undefined) fail(`The records have ${unknown.id}, which nothing reproduces: remove it.`);
  const missing = [
    ...reproductions
      .filter(({ id }) => !recorded.has(id))
      .map((each) => ({ ...each, reason: 'No record is kept yet.' })),
    ...sources.flatMap(({ unavailable = [] }) => unavailable),
  ];
  const misprints = sources.flatMap(({ source, misprints: found = [] }) =>
    found.map((each) => ({ ...each, key: source.key })),
  );
  return `${[
    '# What was reproduced',
    'Written by `node tools/docs/reproduction.mjs` from the records in [`reproduction/`](reproduction); not by hand. ' +
      '`meanfield reproduce --all --quick` makes the same again, with figures and a report.',
    'A value v read with precision p agrees with x ± s if |x − v| ≤ p + 3s, unless 3s > max(p, 0.05 |v|): then it is not ' +
      'decidable at this size. A bound agrees or disagrees if x is 3s to one side of it, else it is not decidable. ' +
      '“by theory” are predictions of this laboratory.',
    '## Overview',
    overview(records),
    '## Figures and tables',
    ...records.map(section),
    ...(missing.length === 0
      ? []
      : [
          '## Not reproduced',
          missing.map(({ id, title, reason }) => `- ${id}: ${title}. ${reason}`).join('\n'),
        ]),
    '## Misprints found in the sources',
    table(
      ['where', 'printed', 'instead', 'how that is known'],
      misprints.map(({ key, where, printed, correct, evidence }) =>
        [`${key}, ${where}`, printed, correct, evidence].map(plain),
      ),
    ),
  ].join('\n\n')}\n`;
}

const [flag, folder] = process.argv.slice(2);
if (flag === '--keep' && folder !== undefined) keep(folder);
else if (flag !== undefined && flag !== '--check')
  fail(`Expected --check, --keep FOLDER or nothing, found ${flag}.`);

const text = page();
if (flag !== '--check') writeFileSync(PAGE, text);
else if (!existsSync(PAGE) || readFileSync(PAGE, 'utf8') !== text)
  fail(`${basename(PAGE)} is not what its records give: run node tools/docs/reproduction.mjs.`);
