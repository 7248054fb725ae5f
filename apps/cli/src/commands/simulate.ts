import type { Initializer, JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseThreads, type ThreadFlags } from '../input/threads.js';
import { signalsTable, type PredictedLayer, type SimulatedLayer } from '../output/signals.js';
import { runExperiment } from '../request/run-experiment.js';
import { simulationOptions, withSimulationOptions, type SimulationFlags } from '../request/simulation.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface SimulateOptions extends CommonOptions, SimulationFlags, ThreadFlags {}

interface Choice {
  readonly name: string;
  readonly options: JsonObject;
}

/** Why weights were formed, or that they were not. */
function methodSentence(session: Session, request: JsonObject, method: unknown): string {
  if (method === 'gram') return 'Method gram: no weight was formed.';
  if (request['method'] === 'weights') return 'Method weights, as asked for.';
  const chosen = [request['initializer'], request['branch']].filter((each) => each !== undefined);
  const without = (chosen as unknown as Choice[]).find(({ name, options }) => {
    const initializer: Initializer = session.lab.get('initializer', name, options);
    return initializer.samplePreActivations === undefined;
  });
  return without === undefined
    ? 'Method weights, which is cheaper here than gram.'
    : `Method weights: gram is not to be had with ${without.name}, whose pre-activations have no law to sample without weights.`;
}

interface Signals {
  readonly method: string;
  readonly layers: readonly SimulatedLayer[];
  readonly theory: { readonly layers: readonly PredictedLayer[] } | null;
  readonly reason?: string;
}

function describeSignals(session: Session, request: JsonObject, result: JsonObject): string {
  const { method, layers, theory, reason } = result as unknown as Signals;
  const { pairGaps } = request['inputs'] as { readonly pairGaps?: readonly number[] };
  // Row 0 of a residual network is its embedding.
  const first = request['architecture'] === 'resnet' ? 0 : 1;
  return [
    signalsTable(layers, theory?.layers, { first, pairGaps }),
    '',
    methodSentence(session, request, method),
    ...(theory === null ? [`No theory beside it: ${reason}`] : []),
  ].join('\n');
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary('signals in random networks of finite width, by Monte Carlo')
    .description(
      'Draws networks, propagates a batch of inputs, and measures every layer with standard errors, beside theory of infinite width.',
    );
  withCommonOptions(
    withSimulationOptions(command).option(
      '--threads <T>',
      'threads over networks (default: one a core; more than one start only where that saves time)',
    ),
  )
    .addHelpText(
      'after',
      `
layers[0] of the JSON document is the first layer's pre-activations; of a resnet, the embedding's. Numbers depend on the
seed and the method, never on threads. Options of a branch are given as in --set branch.weightVariance=0.5.

Examples:
  $ meanfield simulate -a relu -i he --width 1024 --depth 10 --networks 20
  $ meanfield simulate -a tanh -i he --width 1000000 --inputs 4 --networks 2 --method gram
  $ meanfield simulate -a relu -i raai --depth 32 --pair-gaps 1e-6,0.1 --networks 40 --json
  $ meanfield simulate -a relu -i he --architecture resnet --depth 50 --c 0.5`,
    )
    .action((options: SimulateOptions) =>
      inSession(options, async (session) => {
        const request = simulationOptions(session, options);
        const threads = parseThreads(options.threads);
        const started = performance.now();
        const { result } = await runExperiment(session, 'propagation', request, threads);
        const seconds = (performance.now() - started) / 1000;
        session.finish({ ...result, seconds }, () => describeSignals(session, request, result));
      }),
    );
}
