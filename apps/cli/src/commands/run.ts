import type { JsonObject } from '@meanfield/core';
import {
  CHECKPOINT_SECONDS,
  createWorkerExecutor,
  openRun,
  readPipeline,
  runPipeline,
  type RunSummary,
} from '@meanfield/lab';
import { Option, type Command } from 'commander';
import { dirname, join, resolve } from 'node:path';

import { parseNumber } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { parseWorkers, withinThreads, type WorkerFlags } from '../input/threads.js';
import { Exit } from '../output/exit.js';
import { writeWhole } from '../output/files.js';
import { interruption } from '../output/interruption.js';
import { reportOf } from '../report/report.js';
import { summaryTables } from '../report/summary.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface RunOptions extends CommonOptions, WorkerFlags {
  readonly stopOnFailure?: boolean;
  readonly report: boolean;
  readonly checkpointEvery: string;
}

const sentence = ({ cells, complete, reused, failed, skipped, notRun }: RunSummary): string =>
  [
    `${cells} cells: ${complete} run`,
    ...(reused > 0 ? [`${reused} already there`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ].join(', ');

async function runFile(path: string, options: RunOptions): Promise<void> {
  const pipeline = readPipeline(path);
  const workers = parseWorkers(options);
  const checkpointSeconds = parseNumber('--checkpoint-every', options.checkpointEvery, { least: 0 });
  const further = [{ folder: dirname(resolve(path)), plugins: [...pipeline.plugins] }];
  await inSession(
    options,
    async (session) => {
      requireOwners(session.settings, []);
      const seed = options.seed === undefined ? pipeline.seed : session.seed;
      const folder = resolve(options.out ?? join('runs', pipeline.name));
      const executor = createWorkerExecutor(session.threads(workers));
      const { signal, release } = interruption();
      try {
        const summary = await runPipeline({
          pipeline: { ...pipeline, seed },
          lab: session.lab,
          folder,
          executor,
          report: session.report,
          checkpointSeconds,
          stopOnFailure: options.stopOnFailure === true,
          signal,
        });
        finish(session.finish.bind(session), summary, options.report);
        if (summary.failed > 0 || summary.notRun > 0) throw new Exit(1);
      } finally {
        release();
        await executor.close();
      }
    },
    further,
  );
}

function finish(
  show: (result: JsonObject, human: () => string, options: { writeJson: boolean }) => void,
  summary: RunSummary,
  withReport: boolean,
): void {
  const run = openRun(summary.folder);
  const reportPath = join(summary.folder, 'report.html');
  if (withReport) writeWhole(reportPath, reportOf(run));
  const unfinished = summary.unfinished.map(({ title, record }) => ({
    title,
    status: record.status,
    error: record.error.message,
  }));
  const { cells, complete, reused, failed, skipped, notRun, torn } = summary;
  const counts = { cells, complete, reused, failed, skipped, notRun, torn };
  const result = { folder: summary.folder, ...counts, unfinished, report: withReport ? reportPath : null };
  show(
    result,
    () =>
      [
        ...summaryTables(run),
        sentence(summary),
        ...unfinished.map(({ title, status, error }) => `${status}: ${title}: ${error}`),
        ...(withReport ? [`Report: ${reportPath}`] : []),
      ].join('\n'),
    { writeJson: false },
  );
}

export function addRun(program: Command): void {
  withCommonOptions(program.command('run').argument('<PIPELINE>', 'a pipeline in YAML or JSON'), {
    out: 'run folder (default: runs/NAME)',
  })
    .summary('run a pipeline of experiments; continue one that was stopped')
    .description('Runs every cell of a pipeline that has no complete record yet, then writes report.html.')
    .option(
      '--threads <T>',
      'threads of cells that run at once, shared with their backends (default: one a core)',
    )
    .addOption(new Option('--workers <N>', 'the same as --threads').hideHelp())
    .option('--stop-on-failure', 'begin no further cell after the first failure')
    .option(
      '--checkpoint-every <SECONDS>',
      'how often a training keeps its state, which a run that was killed goes on from',
      String(CHECKPOINT_SECONDS),
    )
    .option('--no-report', 'write no report')
    .addHelpText(
      'after',
      `
Examples:
  $ meanfield run pipeline.yaml
  $ meanfield run pipeline.yaml --out runs/seed-3 --seed 3 --threads 2 --json`,
    )
    .action((path: string, options: RunOptions) => withinThreads(options, () => runFile(path, options)));
}
