import type { Command } from 'commander';

import { properties, type Entry } from '../output/table.js';
import { theoryOptions, withTheoryOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

const MEANING: readonly (readonly [string, string])[] = [
  ['qStar', 'q*   length fixed point (mean square pre-activation)'],
  ['cStar', 'c*   correlation that two inputs end at'],
  ['chi1', 'χ₁   slope of the correlation map at c = 1'],
  ['xiQ', 'ξ_q  depth scale of lengths (layers)'],
  ['xiC', 'ξ_c  depth scale of correlations (layers)'],
  ['phase', 'phase'],
  ['bounded', 'lengths stay bounded'],
  ['method', 'method'],
];

export function addTheory(program: Command): void {
  withCommonOptions(withTheoryOptions(program.command('theory')))
    .summary('fixed points, χ₁, depth scales and phase of an infinitely wide network')
    .description('Mean-field theory of one activation and one initializer at one point.')
    .addHelpText(
      'after',
      `
A quantity that does not exist is an object with a status (unbounded, every-q-fixed, only-zero, …); an
infinite depth scale is the string "Infinity".

Examples:
  $ meanfield theory -a tanh -i he --weight-variance 1.5 --bias-variance 0.05
  $ meanfield theory -a relu -i aci --set initializer.k=100 --json`,
    )
    .action((options: CommonOptions & NetworkFlags) =>
      inSession(options, async (session) => {
        const { result } = await runExperiment(session, 'theory', theoryOptions(session, options));
        session.finish(result, () =>
          properties(MEANING.map(([key, label]) => [label, result[key] as Entry])),
        );
      }),
    );
}
