import { openRun } from '@meanfield/lab';
import type { Command } from 'commander';
import { join, resolve } from 'node:path';

import { requireWritable, writeWhole } from '../output/files.js';
import { reportOf } from '../report/report.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

export function addReport(program: Command): void {
  withCommonOptions(program.command('report').argument('<RUN>', 'a run folder'), {
    out: 'the HTML file (default: report.html in the run folder)',
  })
    .summary('a self-contained HTML report of a run')
    .description('Draws every figure of a run from its records into one HTML file that needs nothing else.')
    .addHelpText(
      'after',
      '\nExamples:\n  $ meanfield report runs/compare\n  $ meanfield report runs/compare --out paper.html',
    )
    .action((folder: string, options: CommonOptions) =>
      inSession(options, (session) => {
        const run = openRun(resolve(folder));
        const path = resolve(options.out ?? join(folder, 'report.html'));
        requireWritable(path);
        const html = reportOf(run);
        writeWhole(path, html);
        const records = run.records.size;
        session.finish({ report: path, bytes: Buffer.byteLength(html), records }, () => `Report: ${path}`, {
          writeJson: false,
        });
      }),
    );
}
