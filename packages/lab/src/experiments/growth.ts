/** How lengths and differences grow in a layer, at finite width, beside the law of infinite width. */

import {
  cite,
  definePlugin,
  singh2021,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { meanOf, simulateNetworks, type NetworkObservation } from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { growthOf, unitGrowth, type Growth } from './growth-rates.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { perceptronsOf, theoriesOf } from './scan-networks.js';
import { predictedBoundaries } from './scan-prediction.js';

const MOST_POINTS = 50;

const options = z
  .strictObject({
    ...networkOptions,
    weightVariance: z.array(z.number().positive()).min(1).max(MOST_POINTS),
    width: z.int().positive().default(512),
    depth: z.int().min(3).default(32),
    from: z.int().positive().default(9),
    pairs: z.int().positive().default(8),
    pairGap: z.number().positive().max(1).default(1e-8),
    networks: z.int().min(2).default(20),
  })
  .refine(({ from, depth }) => from < depth, { error: 'must be below depth', path: ['from'] });

type Options = z.output<typeof options>;

const NETWORKS_IN_PART = 10;
/** Layers in which a law of infinite width takes its shape, where it does not know it without iterating */
const SETTLING = 400;

/** λ and μ of a deep layer. */
function predictedGrowth({ map }: InfiniteNetwork): JsonObject {
  let state = map.settled?.() ?? map.start({ q1: 1, q2: 1, gap: 0 });
  for (let layer = 0; map.settled === undefined && layer < SETTLING; layer++) {
    const { q1 } = map.observe(state);
    if (!(q1 > Number.MIN_VALUE && q1 < Number.MAX_VALUE)) break;
    state = map.step(state);
  }
  const length = map.observe(map.step(state)).q1 / map.observe(state).q1;
  const { chi1 } = map.linearise(state);
  return { length, difference: chi1, method: map.method };
}

/** @param growths by network, then by σ_w² */
function combine(
  parsed: Options,
  growths: readonly (readonly Growth[])[],
  theories: readonly InfiniteNetwork[] | string,
): JsonObject {
  const series = (of: (growth: Growth) => number, point: number): JsonObject => ({
    ...meanOf(growths.map((network) => of(network[point]!))),
  });
  const crossing = (of: (growth: Growth) => number): JsonObject | null => {
    const byNetwork = growths.map((network) => network.map(of));
    const found = unitGrowth(parsed.weightVariance, byNetwork);
    return found && { ...found };
  };
  return {
    weightVariance: parsed.weightVariance,
    growth: parsed.weightVariance.map((_, point): Json => ({
      length: series(({ length }) => length, point),
      difference: series(({ difference }) => difference, point),
      logGap: series(({ logGap }) => logGap, point),
    })),
    unitGrowth: {
      length: crossing(({ length }) => length),
      difference: crossing(({ difference }) => difference),
    },
    ...(typeof theories === 'string'
      ? { theory: null, boundaries: null, reason: theories }
      : { theory: theories.map(predictedGrowth), boundaries: predictedBoundaries(theories[0]!) }),
  };
}

const growth: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'growth',
  package: PACKAGE,
  version: VERSION,
  summary:
    'growth of lengths and of differences of close signals in a layer: simulated, and λ and μ of the law',
  options,
  optionDocs: {
    ...CHOICE_DOCS,
    initializer: `${CHOICE_DOCS.initializer}; its weightVariance takes every value given`,
    weightVariance: 'values of σ_w²; with two or more, where the growth is 1 is estimated too',
    width: 'neurons of each layer and entries of each input, default 512',
    depth: 'layers with a nonlinearity, at least 3, default 32',
    from: 'first layer that counts, after which laws have taken their shape, default 9',
    pairs: 'pairs of close inputs, default 8',
    pairGap: '1 − c of each pair of inputs, default 1e-8',
    networks: 'independent networks, at least 2, default 20; the same random numbers at every σ_w²',
  },
  references: [cite(singh2021, '§3.3')],
  create(parsed, context) {
    const { width, from, pairs, pairGap, networks } = parsed;
    const inputs = { count: 2 * pairs, pairGaps: Array.from({ length: pairs }, () => pairGap) };
    const requests = perceptronsOf(parsed, context).map((network) => ({ network, width, inputs, networks }));
    return {
      name: 'growth',
      parts: Math.ceil(networks / NETWORKS_IN_PART),
      runPart(index, { stream, report }) {
        const first = index * NETWORKS_IN_PART;
        const last = Math.min(networks, first + NETWORKS_IN_PART);
        // The same streams at every σ_w²
        const observed = requests.map((request) =>
          simulateNetworks({ ...request, stream: stream.child('growth'), report }, first, last),
        );
        const byNetwork = Array.from({ length: last - first }, (_, network) =>
          observed.map((networksHere: readonly NetworkObservation[]) =>
            growthOf(networksHere[network]!, from),
          ),
        );
        return Promise.resolve(byNetwork as unknown as Json);
      },
      combine: (parts) => ({
        result: combine(
          parsed,
          parts.flatMap((part) => part as unknown as readonly (readonly Growth[])[]),
          theoriesOf(parsed, context),
        ),
      }),
    };
  },
});

export default growth;
