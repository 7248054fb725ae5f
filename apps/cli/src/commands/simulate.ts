import { MeanfieldError, show, type JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseCount, parseNumber } from '../input/numbers.js';
import { table } from '../output/table.js';
import { theoryOptions, withNetworkOptions, type NetworkFlags } from '../request/network.js';
import { runExperiment } from '../request/run-experiment.js';
import { inSession, withCommonOptions, type CommonOptions } from '../session.js';

interface SimulateOptions extends CommonOptions, NetworkFlags {
  readonly width: string;
  readonly depth: string;
  readonly inputs: string;
  readonly networks: string;
  readonly method: string;
  readonly q: string;
  readonly c: string;
}

interface Layer {
  readonly q: number;
  readonly qStderr: number;
  readonly c: number;
  readonly cStderr: number;
  readonly deadFraction: number;
}

function requireMethod(method: string): void {
  if (method === 'auto' || method === 'weights') return;
  throw new MeanfieldError({
    code: method === 'gram' ? 'UNSUPPORTED' : 'INVALID_ARGUMENT',
    expected: 'auto or weights for --method',
    found: show(method),
    remedy: 'leave --method out; gram, which never forms a weight, is not available in this version',
  });
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary('signals in random networks of finite width, by Monte Carlo')
    .description(
      'Draws networks, propagates a batch of inputs, and measures every layer with standard errors.',
    )
    .option('--width <N>', 'units of every layer and of the input', '1024')
    .option('--depth <L>', 'layers', '10')
    .option('--inputs <M>', 'inputs propagated together', '16')
    .option('--networks <R>', 'networks', '10')
    .option('--method <NAME>', 'auto or weights (form the weights)', 'auto')
    .option('--q <Q>', 'mean square of an input', '1')
    .option('--c <C>', 'correlation of every pair of inputs', '0');
  withCommonOptions(withNetworkOptions(command))
    .addHelpText(
      'after',
      `
layers[0] of the JSON document is the first layer's pre-activations.

Examples:
  $ meanfield simulate -a relu -i he --width 1024 --depth 10 --networks 20
  $ meanfield simulate -a relu -i raai --depth 32 --c 0.5 --seed 3 --json`,
    )
    .action((options: SimulateOptions) =>
      inSession(options, async (session) => {
        requireMethod(options.method);
        const request: JsonObject = {
          ...theoryOptions(session, options),
          width: parseCount('--width', options.width),
          depth: parseCount('--depth', options.depth),
          inputs: {
            count: parseCount('--inputs', options.inputs, { least: 2 }),
            meanSquare: parseNumber('--q', options.q, { above: 0 }),
            correlation: parseNumber('--c', options.c, { least: -1, most: 1 }),
          },
          networks: parseCount('--networks', options.networks, { least: 2 }),
        };
        const started = performance.now();
        const { result } = await runExperiment(session, 'propagation', request);
        const seconds = (performance.now() - started) / 1000;
        const layers = result['layers'] as unknown as readonly Layer[];
        session.finish({ ...result, seconds }, () =>
          table(
            ['layer', 'q', '± s.e.', 'c', '± s.e.', 'dead fraction'],
            layers.map((layer, index) => [
              index + 1,
              layer.q,
              layer.qStderr,
              layer.c,
              layer.cStderr,
              layer.deadFraction,
            ]),
          ),
        );
      }),
    );
}
