import type { Command } from 'commander';

import { properties } from '../output/table.js';
import { theoryOptions, withNetworkOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface BoundaryOptions extends CommonOptions, NetworkFlags {
  readonly method?: string;
}

const ABSENT = 'none';

export function addBoundary(program: Command): void {
  withCommonOptions(withNetworkOptions(program.command('boundary'), { weightVariance: false }))
    .summary('the weight variances at which lengths diverge and correlations turn chaotic')
    .description('Boundaries in σ_w²: of bounded lengths, and of the stability of c = 1 (χ₁ = 1).')
    .option('--method <NAME>', 'for RAI and RAAI: rms or mean, the approximations of singh2021')
    .addHelpText(
      'after',
      `
A boundary that does not exist is null, with the reason.

Examples:
  $ meanfield boundary -a relu -i aci --set initializer.k=100 --bias-variance 0.1
  $ meanfield boundary -a tanh -i he --bias-variance 0.05 --json
  $ meanfield boundary -a relu -i raai --method rms`,
    )
    .action((options: BoundaryOptions) =>
      inSession(options, async (session) => {
        const method = options.method === undefined ? {} : { method: options.method };
        const request = theoryOptions(session, options, method);
        const { result } = await runExperiment(session, 'boundary', request);
        session.finish(result, () =>
          properties([
            ['length: bounded below σ_w² =', result['length'] ?? ABSENT],
            ['correlation: c = 1 stable below σ_w² =', result['correlation'] ?? ABSENT],
            ['method', result['method']],
            ['tolerance', result['tolerance']],
            ...Object.entries((result['reason'] ?? {}) as Record<string, string>).map(
              ([name, reason]) => [`no ${name} boundary`, reason] as const,
            ),
          ]),
        );
      }),
    );
}
