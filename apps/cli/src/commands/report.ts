import { svgToPng } from '@meanfield/figures';
import { openRun, requireJson, type Run } from '@meanfield/lab';
import type { Command } from 'commander';
import { join, resolve } from 'node:path';

import { parseTargets } from '../input/numbers.js';
import { requireOwners } from '../input/settings.js';
import { requireWritable, writeWhole } from '../output/files.js';
import { table } from '../output/table.js';
import { figuresOf, reportOf } from '../report/report.js';
import { cellsOf } from '../report/step-cells.js';
import { stepTimes, timeTable } from '../report/time-to-accuracy.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface ReportOptions extends CommonOptions {
  readonly figures?: string;
  readonly targets?: string;
}

const PNG_WIDTH = 2000;

/** Each figure as SVG and PNG. Returns the paths. */
function writeFigures(run: Run, folder: string): string[] {
  return figuresOf(run).flatMap(({ name, svg }) => {
    const files: readonly (readonly [string, string | Uint8Array])[] = [
      [resolve(folder, `${name}.svg`), svg],
      [resolve(folder, `${name}.png`), svgToPng(svg, { width: PNG_WIDTH })],
    ];
    for (const [path, content] of files) writeWhole(path, content);
    return files.map(([path]) => path);
  });
}

/** The same tables as in the report. */
function showTimes(run: Run, targets: readonly number[]): string[] {
  return run.manifest.steps.flatMap((step) => {
    const found = timeTable(step, cellsOf(run, step), targets);
    return found === undefined ? [] : ['', found.title, table(found.head, found.rows), ...found.notes];
  });
}

export function addReport(program: Command): void {
  withCommonOptions(program.command('report').argument('<RUN>', 'a run folder'), {
    out: 'the HTML file (default: report.html in the run folder)',
  })
    .summary('a self-contained HTML report of a run')
    .description('Draws every figure of a run from its records into one HTML file that needs nothing else.')
    .option('--figures <FOLDER>', 'write each figure as SVG and PNG into FOLDER too')
    .option('--targets <LIST>', 'a table of epochs to these accuracies too, as in 0.8,0.85')
    .addHelpText(
      'after',
      `
Epochs to an accuracy need cells with the curves of single networks (networkCurves: true).

Examples:
  $ meanfield report runs/compare
  $ meanfield report runs/compare --out paper.html --figures figures
  $ meanfield report runs/images --targets 0.95,0.97`,
    )
    .action((folder: string, options: ReportOptions) =>
      inSession(options, (session) => {
        requireOwners(session.settings, []);
        const targets = options.targets === undefined ? [] : parseTargets('--targets', options.targets);
        const run = openRun(resolve(folder));
        const path = resolve(options.out ?? join(folder, 'report.html'));
        requireWritable(path);
        const html = reportOf(run, targets);
        writeWhole(path, html);
        const figures = options.figures === undefined ? [] : writeFigures(run, options.figures);
        const records = run.records.size;
        const timeToAccuracy = run.manifest.steps.flatMap(
          (step) => stepTimes(step, cellsOf(run, step), targets).cells,
        );
        session.finish(
          {
            report: path,
            bytes: Buffer.byteLength(html),
            records,
            figures,
            ...(targets.length > 0 && { timeToAccuracy: requireJson(timeToAccuracy, 'the times') }),
          },
          () => [`Report: ${path}`, ...figures, ...showTimes(run, targets)].join('\n'),
          {
            writeJson: false,
          },
        );
      }),
    );
}
