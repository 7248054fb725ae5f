/**
 * The maps of one layer, as curves: mean squares q ↦ ν(q) and, at one length, correlations c ↦ C(c) (`yarotsky`, reduction to
 * 1D dynamics and evolution of correlations; `poole2016`). Beside theory, one layer of networks of finite width, whose inputs
 * stand for pre-activations that have exactly these moments.
 */

import {
  cite,
  definePlugin,
  poole2016,
  yarotsky,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  meanOfPresent,
  simulateNetworks,
  type LayerObservation,
  type Network,
  type SimulationRequest,
} from '@meanfield/simulation';
import { analyse, type Analysis } from '@meanfield/theory';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { analysisToJson } from './analysis-json.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { infiniteNetwork } from './mean-field-of.js';

const options = z.strictObject({
  ...networkOptions,
  lengths: z.array(z.number().positive()).min(1).default([0.25, 0.5, 1, 1.5, 2, 2.5, 3]),
  correlations: z
    .array(z.number().min(-1).max(1))
    .min(1)
    .default([-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 0.9, 1]),
  at: z.number().positive().optional(),
  width: z.int().min(2).default(1000),
  networks: z.int().min(2).default(10),
});

type Request = Omit<SimulationRequest, 'stream'>;

/** Points of both maps in one network; null where a signal has died */
interface NetworkPoints extends JsonObject {
  readonly lengths: readonly number[];
  readonly correlations: readonly (number | null)[];
}

/** q* where signals settle at one that is not 0, or else 1: homogeneous activations have the same map at any length. */
function settledLength({ qStar }: Analysis): number {
  return qStar.status === 'fixed' && qStar.q > 0 ? qStar.q : 1;
}

const orthogonal = (meanSquare: number): Request['inputs'] => ({ count: 2, meanSquare, pairGaps: [1] });

/** Means and errors over networks by point */
function simulatedJson(networks: readonly (readonly (number | null)[])[]): JsonObject {
  const points = networks[0]!.map((_, point) => meanOfPresent(networks.map((found) => found[point]!)));
  return { mean: points.map(({ mean }) => mean), stderr: points.map(({ stderr }) => stderr) };
}

const signalMaps: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'signal-maps',
  package: PACKAGE,
  version: VERSION,
  summary: 'what one layer makes of mean squares and of correlations: theory beside networks of finite width',
  options,
  optionDocs: {
    ...CHOICE_DOCS,
    lengths: 'mean squares of pre-activations to start from, default 0.25 to 3',
    correlations: 'correlations to start from, default −1 to 1',
    at: 'mean square at which correlations are mapped, default q*, or 1 where there is none above 0',
    width: 'neurons of a layer, default 1000',
    networks: 'independent networks, at least 2, default 10',
  },
  references: [cite(yarotsky, 'large-width limit'), cite(poole2016)],
  create(parsed, context) {
    const { lengths, correlations, width, networks } = parsed;
    const { activation, model, map } = infiniteNetwork(parsed, context);
    const dense = context.get('initializer', parsed.initializer.name, parsed.initializer.options);
    const analysis = analyse(map);
    const at = parsed.at ?? settledLength(analysis);
    const network: Network = [{ activation }, { dense }, { observe: true }];
    const pairGaps = correlations.map((c) => 1 - c);
    const requests = [
      ...lengths.map((q): Request => ({ network, width, inputs: orthogonal(q), networks })),
      { network, width, inputs: { count: 2 * pairGaps.length, meanSquare: at, pairGaps }, networks },
    ];
    // Whatever is wrong with a request is known before any work starts: no network, nothing drawn.
    for (const request of requests) simulateNetworks({ ...request, stream: createStream(0) }, 0, 0);
    const next = (q: number, gap: number) => map.observe(map.step(map.start({ q1: q, q2: q, gap })));
    return {
      name: 'signal-maps',
      parts: networks,
      runPart(index, { stream }) {
        const layers = requests.map((request, which): LayerObservation => {
          const own = { ...request, stream: stream.child('map').child(which) };
          return simulateNetworks(own, index, index + 1)[0]!.layers[0]!;
        });
        const gaps = layers.at(-1)!.pairGaps!;
        const points: NetworkPoints = {
          lengths: layers.slice(0, -1).map(({ q }) => q),
          correlations: gaps.map((gap) => (gap === null ? null : 1 - gap)),
        };
        return Promise.resolve(points);
      },
      combine(parts: readonly Json[]) {
        const found = parts as unknown as readonly NetworkPoints[];
        return {
          result: {
            lengths: {
              from: lengths,
              theory: lengths.map((q) => next(q, 1).q1),
              ...simulatedJson(found.map((each) => each.lengths)),
            },
            correlations: {
              at,
              from: correlations,
              theory: pairGaps.map((gap) => 1 - next(at, gap).gap),
              ...simulatedJson(found.map((each) => each.correlations)),
            },
            analysis: { ...analysisToJson(analysis), model: model.name },
          },
        };
      },
    };
  },
});

export default signalMaps;
