import { MeanfieldError } from '@meanfield/core';
import { jsonNumber } from '@meanfield/lab';
import { trajectory } from '@meanfield/theory';
import type { Command } from 'commander';

import { parseCount, parseNumber } from '../input/numbers.js';
import { table } from '../output/table.js';
import { meanFieldMap } from '../request/mean-field.js';
import { withTheoryOptions, type NetworkFlags } from '../request/network.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface TrajectoryOptions extends CommonOptions, NetworkFlags {
  readonly depth: string;
  readonly q: string;
  readonly c?: string;
  readonly gap?: string;
}

const DEEPEST = 1_000_000;

/** The starting gap 1 − c from --c or --gap, of which at most one may be given. */
function startingGap({ c, gap }: TrajectoryOptions): number {
  if (c !== undefined && gap !== undefined) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'either --c or --gap',
      found: `--c ${c} and --gap ${gap}`,
      remedy: 'leave one out; --gap keeps digits that --c near 1 would lose',
    });
  }
  if (gap !== undefined) return parseNumber('--gap', gap, { least: 0, most: 2 });
  return 1 - parseNumber('--c', c ?? '0.5', { least: -1, most: 1 });
}

export function addTrajectory(program: Command): void {
  const command = program
    .command('trajectory')
    .summary('length and correlation of two signals, layer by layer')
    .description('Iterates the mean-field map: entry 0 is the input, entry l the l-th layer after it.')
    .option('--depth <L>', 'layers', '20')
    .option('--q <Q>', 'mean square of both signals at the start', '1')
    .option('--c <C>', 'their correlation at the start (default 0.5)')
    .option('--gap <G>', '1 − c at the start, instead of --c');
  withCommonOptions(withTheoryOptions(command))
    .addHelpText(
      'after',
      `
Examples:
  $ meanfield trajectory -a relu -i he --depth 30 --q 1 --c 0.2
  $ meanfield trajectory -a tanh -i he --weight-variance 1.2 --depth 100 --gap 1e-12 --json`,
    )
    .action((options: TrajectoryOptions) =>
      inSession(options, (session) => {
        const depth = parseCount('--depth', options.depth, { least: 1, most: DEEPEST });
        const q = parseNumber('--q', options.q, { least: 0 });
        const start = { q1: q, q2: q, gap: startingGap(options) };
        const map = meanFieldMap(session, options);
        session.requireOutput();
        const states = trajectory(map, start, depth);
        const lengths = states.map(({ q1 }) => q1);
        const gaps = states.map(({ gap }) => gap);
        session.finish({ q: lengths.map(jsonNumber), gap: gaps, method: map.method }, () =>
          table(
            ['layer', 'q', '1 − c', 'c'],
            states.map(({ q1, gap }, layer) => [layer, q1, gap, 1 - gap]),
          ),
        );
      }),
    );
}
