import { svgToPng } from '@meanfield/figures';
import { openRun, type Run } from '@meanfield/lab';
import type { Command } from 'commander';
import { join, resolve } from 'node:path';

import { requireOwners } from '../input/settings.js';
import { requireWritable, writeWhole } from '../output/files.js';
import { figuresOf, reportOf } from '../report/report.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface ReportOptions extends CommonOptions {
  readonly figures?: string;
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

export function addReport(program: Command): void {
  withCommonOptions(program.command('report').argument('<RUN>', 'a run folder'), {
    out: 'the HTML file (default: report.html in the run folder)',
  })
    .summary('a self-contained HTML report of a run')
    .description('Draws every figure of a run from its records into one HTML file that needs nothing else.')
    .option('--figures <FOLDER>', 'write each figure as SVG and PNG into FOLDER too')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meanfield report runs/compare\n  $ meanfield report runs/compare --out paper.html --figures figures',
    )
    .action((folder: string, options: ReportOptions) =>
      inSession(options, (session) => {
        requireOwners(session.settings, []);
        const run = openRun(resolve(folder));
        const path = resolve(options.out ?? join(folder, 'report.html'));
        requireWritable(path);
        const html = reportOf(run);
        writeWhole(path, html);
        const figures = options.figures === undefined ? [] : writeFigures(run, options.figures);
        const records = run.records.size;
        session.finish(
          { report: path, bytes: Buffer.byteLength(html), records, figures },
          () => [`Report: ${path}`, ...figures].join('\n'),
          {
            writeJson: false,
          },
        );
      }),
    );
}
