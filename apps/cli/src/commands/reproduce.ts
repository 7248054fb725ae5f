import { MeanfieldError, type Json, type JsonObject, type Reproduction, type Size } from '@meanfield/core';
import type { Command } from 'commander';
import { join, resolve } from 'node:path';

import { requireOwners } from '../input/settings.js';
import { parseThreads, withinThreads, type ThreadFlags } from '../input/threads.js';
import { Exit } from '../output/exit.js';
import { requireWritable, writeWhole } from '../output/files.js';
import { interruption } from '../output/interruption.js';
import { claimsTable } from '../report/claims.js';
import { catalogueOf, findReproduction, ofSource, type Catalogue } from '../reproduce/catalogue.js';
import { runFolderOf } from '../reproduce/document.js';
import { catalogueJson, catalogueText } from '../reproduce/list.js';
import { allText, attemptJson, isDone } from '../reproduce/outcome.js';
import { reproductionReport } from '../reproduce/report.js';
import { runAll } from '../reproduce/run-all.js';
import { executorOf, runReproduction } from '../reproduce/run-one.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface ReproduceOptions extends CommonOptions, ThreadFlags {
  readonly quick?: boolean;
  readonly full?: boolean;
  readonly all?: boolean;
}

const ROOT = join('runs', 'reproduce');

function sizeOf({ quick = false, full = false }: ReproduceOptions): Size {
  if (quick && full) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: '--quick or --full',
      found: 'both',
      remedy: 'leave one out',
    });
  }
  return quick ? 'quick' : 'full';
}

async function reproduceOne(
  session: Session,
  reproduction: Reproduction,
  options: ReproduceOptions,
): Promise<void> {
  const size = sizeOf(options);
  const folder = resolve(options.out ?? runFolderOf(ROOT, reproduction, size));
  const executor = executorOf(session, parseThreads(options.threads));
  const { signal, release } = interruption();
  const { summary, claims, document, files } = await runReproduction({
    session,
    reproduction,
    size,
    folder,
    executor,
    signal,
  }).finally(async () => {
    release();
    await executor.close();
  });
  const figures: readonly JsonObject[] = files;
  session.finish(
    { ...document, folder, figures },
    () =>
      [
        `${reproduction.id} (${size}): ${reproduction.title}`,
        claimsTable(claims),
        ...document.unfinished,
        ...files.flatMap(({ svg, png, caption }) => [`Figure: ${svg} and ${png}`, `  ${caption}`]),
      ].join('\n'),
    { writeJson: false },
  );
  if (summary.failed > 0 || summary.notRun > 0) throw new Exit(1);
}

async function reproduceAll(
  session: Session,
  { sources, reproductions }: Catalogue,
  options: ReproduceOptions,
): Promise<void> {
  const size = sizeOf(options);
  const root = resolve(options.out ?? ROOT);
  const report = join(root, `report-${size}.html`);
  const threads = parseThreads(options.threads);
  requireWritable(report);
  const attempts = await runAll({ session, reproductions, size, root, threads });
  const { seed } = session;
  writeWhole(report, reproductionReport({ sources, attempts, size, seed }));
  const done = attempts.map((attempt): Json => attemptJson(attempt));
  session.finish({ size, seed, folder: root, report, reproductions: done }, () => allText(attempts, report), {
    writeJson: false,
  });
  if (!attempts.every(isDone)) throw new Exit(1);
}

async function reproduce(session: Session, id: string | undefined, options: ReproduceOptions): Promise<void> {
  requireOwners(session.settings, []);
  const catalogue = catalogueOf(session.lab);
  if (options.all === true) {
    await reproduceAll(session, ofSource(catalogue, id), options);
  } else if (id === undefined) {
    const root = resolve(options.out ?? ROOT);
    const listing = { writeJson: false };
    session.finish(catalogueJson(catalogue, root), () => catalogueText(catalogue, root), listing);
  } else {
    await reproduceOne(session, findReproduction(catalogue, id), options);
  }
}

export function addReproduce(program: Command): void {
  withCommonOptions(
    program
      .command('reproduce')
      .argument('[ID]', 'a figure or table, or with --all a source; without it all are listed, or run'),
    {
      out: 'run folder of ID (default: runs/reproduce/ID-SIZE), or folder of all (default: runs/reproduce)',
    },
  )
    .summary('a figure or table of the literature, claimed against obtained')
    .description(
      'Runs the experiments of a published figure or table, draws it, and compares every claim with what was obtained. ' +
        'A run that was stopped continues where it was. With --all every one is run, and one HTML report is written.',
    )
    .option('--all', 'every figure and table (of the source ID); a report of all')
    .option('--full', 'the size of the source (default)')
    .option('--quick', 'a smaller one, in half a minute')
    .option(
      '--threads <T>',
      'threads of cells that run at once, shared with their backends (default: one a core)',
    )
    .addHelpText(
      'after',
      `
A value v read with precision p agrees with x ± s if |x − v| ≤ p + 3s, unless 3s > max(p, 0.05 |v|): then it is not
decidable at this size. A bound agrees or disagrees if x is 3s to one side of it. Widths are finite: crossings lie within
O(1/N) of those of infinite width.

Examples:
  $ meanfield reproduce
  $ meanfield reproduce singh2021/fig-3.7 --quick
  $ meanfield reproduce singh2021/table-3.1 --out runs/table --json
  $ meanfield reproduce --all --quick
  $ meanfield reproduce yarotsky --all --quick --out runs/yarotsky`,
    )
    .action((id: string | undefined, options: ReproduceOptions) =>
      inSession(options, (session) => withinThreads(options, () => reproduce(session, id, options))),
    );
}
