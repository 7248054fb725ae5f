import { MeanfieldError, show, type Json, type JsonObject } from '@meanfield/core';
import { svgToPng } from '@meanfield/figures';
import {
  createInProcessExecutor,
  createWorkerExecutor,
  judgeClaims,
  openRun,
  outcomesOf,
  reproductionPipeline,
  runPipeline,
  type Executor,
  type JudgedClaim,
  type Outcomes,
  type Reproduction,
  type RunSummary,
  type Size,
} from '@meanfield/lab';
import type { Command } from 'commander';
import { join, resolve } from 'node:path';

import { requireOwners } from '../input/settings.js';
import { parseThreads, type ThreadFlags } from '../input/threads.js';
import { Exit } from '../output/exit.js';
import { writeWhole } from '../output/files.js';
import { interruption } from '../output/interruption.js';
import { table } from '../output/table.js';
import { claimsTable } from '../report/claims.js';
import { reproductions } from '../reproductions/all.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface ReproduceOptions extends CommonOptions, ThreadFlags {
  readonly quick?: boolean;
  readonly full?: boolean;
}

const PNG_WIDTH = 2000;

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

function find(id: string): Reproduction {
  const found = reproductions.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (found !== undefined) return found;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `one of ${reproductions.map((each) => each.id).join(', ')}`,
    found: show(id),
    remedy: 'choose one of them',
  });
}

function claimJson({ id, by, statement, where, expected, obtained, verdict }: JudgedClaim): JsonObject {
  const { value, stderr, remark = '' } = obtained;
  const claimed = expected === null ? null : { ...expected };
  return { id, by, statement, where, claimed, obtained: { value, stderr, remark }, verdict };
}

function list(session: Session): void {
  const entries = reproductions.map(({ id, title, source, claims, cost }): Json => ({
    id,
    title,
    source: { key: source.key, where: source.where ?? null },
    claims: claims.map(({ id: claim, by, statement, where }) => ({ id: claim, by, statement, where })),
    cost: { ...cost },
  }));
  session.finish({ reproductions: entries }, () =>
    [
      table(
        ['id', 'what it shows', 'quick', 'full'],
        reproductions.map(({ id, title, cost }) => [id, title, cost.quick, cost.full]),
      ),
      ...reproductions.flatMap(({ id, claims }) => [
        '',
        `${id} claims:`,
        ...claims
          .filter(({ by }) => by === 'source')
          .map(({ statement, where }) => `  ${statement} (${where})`),
      ]),
    ].join('\n'),
  );
}

/** A figure's files, and its caption. */
interface WrittenFigure extends JsonObject {
  readonly svg: string;
  readonly png: string;
  readonly caption: string;
}

function writeFigures({ figures }: Reproduction, outcomes: Outcomes, folder: string): WrittenFigure[] {
  return figures(outcomes).map(({ name, svg, caption }) => {
    const written = { svg: join(folder, `${name}.svg`), png: join(folder, `${name}.png`), caption };
    writeWhole(written.svg, svg);
    writeWhole(written.png, svgToPng(svg, { width: PNG_WIDTH }));
    return written;
  });
}

/** With one thread none is started beside this one. */
function executorOf(session: Session, threads: number): Executor {
  const { lab, dataFolder } = session;
  return threads === 1
    ? createInProcessExecutor({ lab, dataFolder })
    : createWorkerExecutor(session.threads(threads));
}

interface Job {
  readonly reproduction: Reproduction;
  readonly size: Size;
  readonly folder: string;
  readonly threads: number;
}

async function runSteps(session: Session, { reproduction, size, folder, threads }: Job): Promise<RunSummary> {
  const executor = executorOf(session, threads);
  const { signal, release } = interruption();
  try {
    return await runPipeline({
      pipeline: reproductionPipeline(reproduction, size, session.seed),
      lab: session.lab,
      folder,
      executor,
      report: session.report,
      signal,
    });
  } finally {
    release();
    await executor.close();
  }
}

/** Runs what is not there yet, then draws and judges. A run that was stopped or failed in part is judged as far as it goes. */
async function reproduceOne(
  session: Session,
  reproduction: Reproduction,
  options: ReproduceOptions,
): Promise<void> {
  const size = sizeOf(options);
  const threads = parseThreads(options.threads);
  const { name } = reproductionPipeline(reproduction, size, session.seed);
  const folder = resolve(options.out ?? join('runs', 'reproduce', name));
  const summary = await runSteps(session, { reproduction, size, folder, threads });
  const outcomes = outcomesOf(openRun(folder));
  const claims = judgeClaims(reproduction, outcomes);
  const figures = writeFigures(reproduction, outcomes, folder);
  const document = {
    id: reproduction.id,
    title: reproduction.title,
    size,
    seed: session.seed,
    claims: claims.map(claimJson),
  };
  writeWhole(join(folder, 'claims.json'), `${JSON.stringify(document, undefined, 2)}\n`);
  const unfinished = summary.unfinished.map(
    ({ title, record }) => `${record.status}: ${title}: ${record.error.message}`,
  );
  session.finish(
    { ...document, folder, figures, unfinished },
    () =>
      [
        `${reproduction.id} (${size}): ${reproduction.title}`,
        claimsTable(claims),
        ...unfinished,
        ...figures.flatMap(({ svg, png, caption }) => [`Figure: ${svg} and ${png}`, `  ${caption}`]),
      ].join('\n'),
    { writeJson: false },
  );
  if (summary.failed > 0 || summary.notRun > 0) throw new Exit(1);
}

export function addReproduce(program: Command): void {
  withCommonOptions(
    program.command('reproduce').argument('[ID]', 'a figure or table; all are listed without it'),
    {
      out: 'run folder (default: runs/reproduce/ID-SIZE)',
    },
  )
    .summary('a figure or table of the literature, claimed against obtained')
    .description(
      'Runs the experiments of a published figure or table, draws it, and compares every claim with what was obtained. ' +
        'A run that was stopped continues where it was.',
    )
    .option('--full', 'the size of the source (default)')
    .option('--quick', 'a smaller one, in half a minute')
    .option('--threads <T>', 'worker threads (default: one a core)')
    .addHelpText(
      'after',
      `
A value v read with precision p agrees with x ± s if |x − v| ≤ p + 3s, unless 3s > max(p, 0.05 |v|): then it is not
decidable at this size. A bound agrees or disagrees if x is 3s to one side of it. Widths are finite: crossings lie within
O(1/N) of those of infinite width.

Examples:
  $ meanfield reproduce
  $ meanfield reproduce singh2021/fig-3.7 --quick
  $ meanfield reproduce singh2021/table-3.1 --out runs/table --json`,
    )
    .action((id: string | undefined, options: ReproduceOptions) =>
      inSession(options, async (session) => {
        requireOwners(session.settings, []);
        if (id === undefined) list(session);
        else await reproduceOne(session, find(id), options);
      }),
    );
}
