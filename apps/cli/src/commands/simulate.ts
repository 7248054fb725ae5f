import type { Initializer, JsonObject } from '@meanfield/core';
import type { Command } from 'commander';

import { parseCount } from '../input/numbers.js';
import { parseThreads, type ThreadFlags } from '../input/threads.js';
import { gradientsTable, jacobiansTable } from '../output/derivatives.js';
import { signalsTable, type PredictedLayer, type SimulatedLayer } from '../output/signals.js';
import { runExperiments, type ExperimentRequest } from '../request/run-experiment.js';
import {
  simulationMethod,
  simulationOptions,
  withSimulationOptions,
  type SimulationFlags,
} from '../request/simulation.js';
import { inSession, withCommonOptions, type CommonOptions, type Session } from '../session.js';

interface SimulateOptions extends CommonOptions, SimulationFlags, ThreadFlags {
  readonly jacobian?: string;
  readonly gradients?: boolean;
}

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

/** The experiments that the flags ask for, by the key of their results; the first is the simulation itself. */
function experimentsOf(
  session: Session,
  flags: SimulateOptions,
): Readonly<Record<string, ExperimentRequest>> & { readonly signals: ExperimentRequest } {
  const options = simulationOptions(session, flags);
  const { jacobian, gradients } = flags;
  return {
    signals: { experiment: 'propagation', options: { ...options, method: simulationMethod(flags) } },
    ...(jacobian !== undefined && {
      jacobian: {
        experiment: 'jacobian',
        options: { ...options, singularValues: parseCount('--jacobian', jacobian, { least: 0 }) },
      },
    }),
    ...(gradients === true && { gradients: { experiment: 'gradients', options } }),
  };
}

function describeAll(
  session: Session,
  request: JsonObject,
  { signals, jacobian, gradients }: Readonly<Record<string, JsonObject>>,
): string {
  return [
    ...(signals === undefined ? [] : [describeSignals(session, request, signals)]),
    ...(jacobian === undefined ? [] : ['Jacobians, weights formed:', jacobiansTable(jacobian)]),
    ...(gradients === undefined ? [] : ['Gradients, weights formed:', gradientsTable(gradients)]),
  ].join('\n\n');
}

async function simulate(session: Session, options: SimulateOptions): Promise<void> {
  const asked = experimentsOf(session, options);
  const threads = parseThreads(options.threads);
  const started = performance.now();
  const outcomes = await runExperiments(session, Object.values(asked), threads);
  const seconds = (performance.now() - started) / 1000;
  const found = Object.fromEntries(Object.keys(asked).map((key, i) => [key, outcomes[i]!.result]));
  const { signals, ...derivatives } = found;
  session.finish({ ...signals, ...derivatives, seconds }, () =>
    describeAll(session, asked.signals.options, found),
  );
}

export function addSimulate(program: Command): void {
  const command = program
    .command('simulate')
    .summary('signals in random networks of finite width, by Monte Carlo')
    .description(
      'Draws networks, propagates a batch of inputs, and measures every layer with standard errors, beside theory of infinite width.',
    );
  withSimulationOptions(command)
    .option(
      '--jacobian <K>',
      'mean square norm and K largest singular values of Jacobians by layer too; 0 for the norm alone',
    )
    .option('--gradients', 'backward gradients by layer too')
    .option(
      '--threads <T>',
      'threads over networks (default: one a core; more than one start only where that saves time)',
    );
  withCommonOptions(command)
    .addHelpText(
      'after',
      `
layers[0] of the JSON document is the first layer's pre-activations; of a resnet, the embedding's. Numbers depend on the
seed and the method, never on threads. Jacobians and gradients form the weights. Options of a branch are given as in --set branch.weightVariance=0.5.

Examples:
  $ meanfield simulate -a relu -i he --width 1024 --depth 10 --networks 20
  $ meanfield simulate -a tanh -i he --width 1000000 --inputs 4 --networks 2 --method gram
  $ meanfield simulate -a relu -i raai --depth 32 --pair-gaps 1e-6,0.1 --networks 40 --json
  $ meanfield simulate -a tanh -i orthogonal --width 200 --inputs 2 --jacobian 3 --gradients
  $ meanfield simulate -a relu -i he --architecture resnet --depth 50 --c 0.5`,
    )
    .action((options: SimulateOptions) => inSession(options, (session) => simulate(session, options)));
}
