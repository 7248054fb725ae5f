/**
 * docs/reproduction.md from the records in docs/reproduction/ and the catalogue of what can be reproduced.
 *
 *   node tools/docs/reproduction.mjs                 writes the page
 *   node tools/docs/reproduction.mjs --check         fails unless the page, and every verdict in it, is what the records give
 *   node tools/docs/reproduction.mjs --keep FOLDER   takes the record of a run folder, or those of all in a folder such as
 *                                                    runs/reproduce, of either size; all others stay as they are
 *
 * A run folder does not know the commit and the machine that made it. They are taken to be those of now, unless --commit
 * HASH or --machine TEXT say otherwise. Needs a build.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { expectedText, obtainedText } from '../../apps/cli/dist/report/claims.js';
import { catalogueOf } from '../../apps/cli/dist/reproduce/catalogue.js';
import { reproducedSources } from '../../apps/cli/dist/reproductions/sources.js';
import { createLab } from '../../packages/core/dist/index.js';
import { judge } from '../../packages/lab/dist/index.js';
import { fail, flags, madeBy, root, table, writeOrCheck } from './page.mjs';
import { keepRecords, readRecords } from './records.mjs';

const PAGE = join(root, 'docs/reproduction.md');
const RECORDS = join(root, 'docs/reproduction');

/** What `work` gives; its error ends the program with one sentence. */
function orFail(work) {
  try {
    return work();
  } catch (error) {
    return fail(error.message);
  }
}

function keep(folder, { commit, machine }) {
  if (!existsSync(folder)) fail(`Expected a run folder, or a folder of some, found no ${folder}.`);
  const made = madeBy({ commit, machine });
  const again = (commit ?? machine) !== undefined;
  const found = orFail(() => keepRecords(RECORDS, folder, made, again));
  if (found.length === 0) fail(`Expected claims.json in ${folder} or in its folders, found none.`);
  for (const { id, size, written } of found) {
    process.stdout.write(`${id} (${size}): ${written ? `kept, commit ${made.commit}` : 'kept before'}\n`);
  }
}

/** A record's claim as the command line knows it. Ends the program where its verdict is not what the rule gives. */
function claimOf(record, { claimed, verdict, ...claim }) {
  const found = claimed === null ? 'not decidable at this size' : judge(claimed, claim.obtained);
  if (found !== verdict)
    fail(`${record.id} (${record.size}), claim ${claim.id}: the record says ${verdict}, the rule ${found}.`);
  return { ...claim, expected: claimed, verdict };
}

/** The claims of a reproduction in their order, each with what every size found of it. */
function claimRows(records) {
  const rows = new Map();
  for (const record of records) {
    for (const claim of record.claims.map((each) => claimOf(record, each))) {
      const { statement, where, by } = claim;
      const key = JSON.stringify([claim.id, statement, where, by]);
      const row = rows.get(key) ?? { text: `${statement} (${where})`, by, found: new Map() };
      rows.set(key, row);
      row.found.set(record.size, claim);
    }
  }
  return [...rows.values()];
}

/** Once where all sizes are compared with the same. */
function claimedText(found) {
  const texts = new Map([...found].map(([size, { expected }]) => [size, expectedText(expected)]));
  const different = new Set(texts.values());
  if (different.size === 1) return [...different][0];
  return [...texts].map(([size, text]) => `${size}: ${text}`).join('; ');
}

function claimsTable(records) {
  const sizes = records.map(({ size }) => size);
  const rows = claimRows(records).map(({ text, by, found }) => [
    text,
    by,
    claimedText(found),
    ...sizes.flatMap((size) => {
      const claim = found.get(size);
      if (claim === undefined) return ['', ''];
      const { obtained, verdict } = claim;
      return [obtainedText(obtained), verdict === 'disagrees' ? '**disagrees**' : verdict];
    }),
  ]);
  const heads = sizes.flatMap((size) => [`obtained, ${size}`, `verdict, ${size}`]);
  return rows.length === 0 ? [] : [table(['claim', 'by', 'claimed', ...heads], rows)];
}

function experimentsOf({ size, steps }) {
  const experiments = steps.map(({ experiment, options, over }) => {
    const varied = Object.keys(over).length === 0 ? '' : ` over ${JSON.stringify(over)}`;
    return `- \`${experiment} ${JSON.stringify(options)}${varied}\``;
  });
  return `<details><summary>Experiments, ${size}</summary>\n\n${experiments.join('\n')}\n\n</details>`;
}

/** One reproduction at the sizes that were kept. */
function section(records) {
  const { id, title, source } = records[0];
  const runs = records.map(({ size, cost, seed, commit, machine }) => {
    return `- ${size}: cost ${cost}; seed ${seed}, commit \`${commit}\`, ${machine}`;
  });
  const unfinished = records.flatMap((record) =>
    record.unfinished.map((text) => `- ${record.size}: ${text}`),
  );
  return [
    `### ${id}`,
    `${title}. Source: ${source.key}${source.where === null ? '' : `, ${source.where}`}.`,
    runs.join('\n'),
    ...claimsTable(records),
    ...(unfinished.length === 0 ? [] : [`Not complete:\n\n${unfinished.join('\n')}`]),
    ...records.map(experimentsOf),
  ].join('\n\n');
}

const SIZES = ['quick', 'full'];
const VERDICTS = ['agrees', 'disagrees', 'not decidable at this size'];
const counted = ({ claims }, verdict) => claims.filter((claim) => claim.verdict === verdict).length;

/** Numbers of claims by verdict, for each size; none where a size was not kept. */
function overview(groups) {
  const countsOf = (records) =>
    SIZES.flatMap((size) => {
      const own = records.filter((record) => record.size === size);
      return VERDICTS.map((verdict) =>
        own.length === 0 ? '' : own.reduce((sum, record) => sum + counted(record, verdict), 0),
      );
    });
  const rows = groups.map((records) => [records[0].id, records[0].title, ...countsOf(records)]);
  const kept = SIZES.map((size) => {
    return `${groups.flat().filter((record) => record.size === size).length} at the ${size} size`;
  }).join(', ');
  const heads = SIZES.flatMap((size) => [`${size}: agree`, 'disagree', 'not decidable']);
  return table(['id', 'what it shows', ...heads], [...rows, ['all', kept, ...countsOf(groups.flat())]]);
}

/** Labels of figures and reports have mathematics between dollar signs, with _ and ^. */
const plain = (label) =>
  label.replaceAll('$', '').replaceAll('^2', '²').replaceAll(/[{}]/g, '').replaceAll('_', '\\_');

function page() {
  const { sources, reproductions } = catalogueOf(createLab(reproducedSources));
  const kept = orFail(() => readRecords(RECORDS));
  const unknown = [...kept.keys()].find((id) => !reproductions.some((each) => each.id === id));
  if (unknown !== undefined) fail(`The records have ${unknown}, which nothing reproduces: remove it.`);
  const groups = reproductions.flatMap(({ id }) => (kept.has(id) ? [kept.get(id)] : []));
  const missing = [
    ...reproductions
      .filter(({ id }) => !kept.has(id))
      .map((each) => ({ ...each, reason: 'No record is kept yet.' })),
    ...sources.flatMap(({ unavailable = [] }) => unavailable),
  ];
  const misprints = sources.flatMap(({ source, misprints: found = [] }) =>
    found.map((each) => ({ ...each, key: source.key })),
  );
  return `${[
    '# What was reproduced',
    'Written by `node tools/docs/reproduction.mjs` from the records in [`reproduction/`](reproduction); not by hand. ' +
      '`meanfield reproduce --all --quick` makes those of the quick size again, with figures and a report; `meanfield ' +
      'reproduce ID --full` one of the full size.',
    'A value v read with precision p agrees with x ± s if |x − v| ≤ p + 3s, unless 3s > max(p, 0.05 |v|): then it is not ' +
      'decidable at this size. A bound agrees or disagrees if x is 3s to one side of it, else it is not decidable. ' +
      '“by theory” are predictions of this laboratory.',
    '## Overview',
    overview(groups),
    '## Figures and tables',
    ...groups.map(section),
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

const { check, keep: folder, ...made } = flags();
if (folder !== undefined) keep(folder, made);

writeOrCheck(PAGE, page(), check, 'node tools/docs/reproduction.mjs');
