/**
 * Signals through networks of finite width at many σ_w², beside theory (`singh2021` figs. 2.2, 3.2, 3.6, 3.7).
 *
 * Network r has the same random numbers at every σ_w²: curves against σ_w² are smooth, and where they cross is known
 * better than from independent networks.
 */

import {
  cite,
  definePlugin,
  singh2021,
  type Experiment,
  type Json,
  type JsonObject,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import {
  simulateNetworks,
  summarise,
  type NetworkObservation,
  type SimulationRequest,
} from '@meanfield/simulation';

import { PACKAGE, VERSION } from '../version.js';
import { inputSpec } from './inputs.js';
import { layerJson } from './layer-json.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { scanCrossings, type ScanObservations } from './scan-crossings.js';
import { perceptronsOf, theoriesOf } from './scan-networks.js';
import { SCAN_DOCS, scanOptions, type ScanOptions } from './scan-options.js';
import { predictedBoundaries, predictedSignals } from './scan-prediction.js';

/** A unit of work; `point` counts values of σ_w². */
type Task =
  | { readonly kind: 'networks'; readonly point: number; readonly from: number; readonly to: number }
  | { readonly kind: 'theory'; readonly point: number }
  | { readonly kind: 'boundaries' };

type Simulation = Omit<SimulationRequest, 'stream' | 'report'>;

/** Everything that is known before any work starts. */
interface Scan {
  readonly options: ScanOptions;
  /** By σ_w² */
  readonly simulations: readonly Simulation[];
  /** By σ_w², or why no theory describes the networks */
  readonly theories: readonly InfiniteNetwork[] | string;
  readonly tasks: readonly Task[];
}

function simulationsOf(options: ScanOptions, context: PluginContext): readonly Simulation[] {
  const { width, networks, method, inputs } = options;
  return perceptronsOf(options, context).map((network) => {
    return { network, width, inputs: inputSpec(inputs), networks, method };
  });
}

function tasksOf(options: ScanOptions, theory: boolean): readonly Task[] {
  const { weightVariance, networks, networksPerPart, signals } = options;
  const points = weightVariance.map((_, point) => point);
  const starts = Array.from({ length: Math.ceil(networks / networksPerPart) }, (_, i) => i * networksPerPart);
  const simulated = points.flatMap((point) =>
    starts.map((from): Task => {
      return { kind: 'networks', point, from, to: Math.min(networks, from + networksPerPart) };
    }),
  );
  if (!theory) return simulated;
  const predicted = signals ? points.map((point): Task => ({ kind: 'theory', point })) : [];
  return [...simulated, ...predicted, { kind: 'boundaries' }];
}

function planScan(options: ScanOptions, context: PluginContext): Scan {
  const theories = theoriesOf(options, context);
  const simulations = simulationsOf(options, context);
  return { options, simulations, theories, tasks: tasksOf(options, typeof theories !== 'string') };
}

/** Results of the tasks of one kind, in their order. */
function resultsOf({ tasks }: Scan, parts: readonly Json[], kind: Task['kind']): readonly Json[] {
  return parts.filter((_, index) => tasks[index]!.kind === kind);
}

function observationsOf({ tasks, simulations }: Scan, parts: readonly Json[]): ScanObservations {
  return simulations.map((_, point) =>
    parts.flatMap((part, index) => {
      const task = tasks[index]!;
      return task.kind === 'networks' && task.point === point
        ? (part as unknown as NetworkObservation[])
        : [];
    }),
  );
}

function combine(scan: Scan, parts: readonly Json[]): JsonObject {
  const { weightVariance } = scan.options;
  const observations = observationsOf(scan, parts);
  const theory = resultsOf(scan, parts, 'theory');
  const summaries = observations.map(summarise);
  return {
    method: summaries[0]!.method,
    weightVariance,
    layers: summaries.map(({ layers }) => layers.map(layerJson)),
    crossings: scanCrossings(scan.options, observations),
    ...(typeof scan.theories === 'string'
      ? { theory: null, boundaries: null, reason: scan.theories }
      : {
          theory: scan.options.signals ? theory : null,
          boundaries: resultsOf(scan, parts, 'boundaries')[0]!,
        }),
  };
}

function experimentOf(scan: Scan): Experiment {
  const { theories, simulations, tasks, options } = scan;
  const theoryAt = (point: number): InfiniteNetwork => (theories as readonly InfiniteNetwork[])[point]!;
  return {
    name: 'propagation-scan',
    parts: tasks.length,
    runPart(index, { stream, report }) {
      const task = tasks[index]!;
      if (task.kind === 'boundaries') return Promise.resolve(predictedBoundaries(theoryAt(0)));
      if (task.kind === 'theory') {
        const { inputs, depth } = options;
        return Promise.resolve(predictedSignals(theoryAt(task.point), inputs, depth));
      }
      // The same streams at every σ_w²: the point is no part of their names.
      const request = { ...simulations[task.point]!, stream: stream.child('propagation'), report };
      return Promise.resolve(simulateNetworks(request, task.from, task.to) as unknown as Json);
    },
    combine: (parts) => ({ result: combine(scan, parts) }),
  };
}

const propagationScan: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'propagation-scan',
  package: PACKAGE,
  version: VERSION,
  summary: 'signals by layer at many σ_w² with common random numbers, beside theory, and where curves cross',
  options: scanOptions,
  optionDocs: SCAN_DOCS,
  references: [cite(singh2021, 'fig. 2.2, 3.2, 3.6, 3.7')],
  create: (options, context) => experimentOf(planScan(options, context)),
});

export default propagationScan;
