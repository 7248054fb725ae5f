/**
 * Mean and standard deviation of every node's pre-activation over the data (`singh2021` app. E, fig. E.1), and how
 * closely the two go together: Pearson's correlation, over the nodes of a layer, of |mean| and deviation.
 */

import {
  cite,
  definePlugin,
  singh2021,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { meanOfPresent, simulateNodes, type SimulationRequest } from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { networkOf } from './architecture.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { pearson } from './pearson.js';

const { activation, initializer } = networkOptions;

const options = z
  .strictObject({
    activation,
    initializer,
    width: z.int().min(2).default(100),
    depth: z.int().positive().default(10),
    inputs: z
      .strictObject({ count: z.int().min(2).default(200), meanSquare: z.number().positive().default(1) })
      .default({ count: 200, meanSquare: 1 }),
    networks: z.int().min(2).default(10),
    layers: z.array(z.int().positive()).min(1).default([10]),
  })
  .refine(({ layers, depth }) => layers.every((layer) => layer <= depth), 'a layer beyond the depth');

/** What one network shows in one layer. */
interface NodesJson extends JsonObject {
  readonly layer: number;
  /** By node */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly relation: number | null;
}

/** Null with fewer than two networks that have one. */
function relationJson(values: readonly (number | null)[]): JsonObject {
  const { mean, stderr } = meanOfPresent(values);
  return { relation: stderr === null ? null : mean, relationStderr: stderr };
}

const nodeActivity: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'node-activity',
  package: PACKAGE,
  version: VERSION,
  summary:
    'mean and standard deviation of every node’s pre-activation over the data, and how they are related',
  options,
  optionDocs: {
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    width: 'neurons of each layer and entries of each input, default 100',
    depth: 'layers with a nonlinearity, default 10',
    inputs: '{ count, meanSquare }: inputs with independent Gaussian entries, default 200 of mean square 1',
    networks: 'independent networks, at least 2, default 10; nodes are those of the first',
    layers: 'layers to look at, counted from 1, default [10]',
  },
  references: [cite(singh2021, 'app. E, fig. E.1')],
  create(parsed, context) {
    const { width, inputs, networks, layers } = parsed;
    const network = networkOf({ ...parsed, architecture: 'mlp' }, context);
    const request: Omit<SimulationRequest, 'stream'> = { network, width, inputs, networks };
    const places = layers.map((layer) => layer - 1);
    return {
      name: 'node-activity',
      parts: networks,
      runPart(index, { stream, report }) {
        const nodes = simulateNodes({ ...request, stream: stream.child('nodes'), report }, index, places);
        const found = nodes.map(({ place, mean, deviation }): NodesJson => {
          const relation = pearson(Array.from(mean, Math.abs), [...deviation]);
          return { layer: place + 1, mean: [...mean], deviation: [...deviation], relation };
        });
        // Only the first network's nodes are shown; of the others the relation is enough.
        return Promise.resolve(
          index === 0 ? found : found.map(({ layer, relation }): Json => ({ layer, relation })),
        );
      },
      combine(parts) {
        const byNetwork = parts as unknown as readonly (readonly NodesJson[])[];
        return {
          result: {
            layers: byNetwork[0]!.map(({ layer, mean, deviation }, place): Json => {
              const relations = byNetwork.map((found) => found[place]!.relation);
              return { layer, mean, deviation, ...relationJson(relations) };
            }),
          },
        };
      },
    };
  },
});

export default nodeActivity;
