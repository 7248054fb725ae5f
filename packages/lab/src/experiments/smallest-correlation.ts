/** The smallest correlation that gradient descent on two inputs finds in finite networks, by depth (`shrinkage2021` fig. 2). */

import {
  cite,
  definePlugin,
  shrinkage2021,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import {
  meanOf,
  smallestCorrelations,
  type SmallestCorrelation,
  type SmallestCorrelationRequest,
} from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { networkOf } from './architecture.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';

const { activation, initializer } = networkOptions;
const MOST_DEPTH = 4096;

const options = z.strictObject({
  activation,
  initializer,
  layerNorm: z.boolean().default(true),
  width: z.int().min(2).default(256),
  depths: z.array(z.int().min(1).max(MOST_DEPTH)).min(1).default([1, 4, 16]),
  startGaps: z.array(z.number().positive().max(2)).min(1).default([2, 1]),
  steps: z.int().positive().default(500),
  tolerance: z.number().positive().default(1e-3),
  networks: z.int().min(2).default(4),
});

function depthJson(depth: number, networks: readonly SmallestCorrelation[]): JsonObject {
  const gap = meanOf(networks.map((found) => found.gap));
  const start = meanOf(networks.map((found) => found.startGap));
  return {
    depth,
    gap: gap.mean,
    gapStderr: gap.stderr,
    largestGap: networks.reduce((most, found) => Math.max(most, found.gap), 0),
    startGap: start.mean,
    settled: networks.filter(({ settled }) => settled).length,
    steps: meanOf(networks.map(({ steps }) => steps)).mean,
  };
}

const smallestCorrelation: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'smallest-correlation',
  package: PACKAGE,
  version: VERSION,
  summary:
    'the smallest correlation of two inputs’ signals that gradient descent on the inputs finds, by depth',
  options,
  optionDocs: {
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    layerNorm: 'whether pre-activations are normalised in every layer, default true',
    width: 'neurons of each layer and entries of each input, default 256',
    depths: 'layers of dense weights whose pre-activations are looked at, default [1, 4, 16]',
    startGaps:
      '1 − c of the pairs of inputs that descents begin with, of which the best counts, default [2, 1]: opposite and orthogonal ones',
    steps: 'steps of a descent at most, default 500',
    tolerance: 'relative growth of 1 − c over ten steps below which a descent is done, default 1e-3',
    networks: 'independent networks, at least 2, default 4',
  },
  references: [cite(shrinkage2021, '§4.1, fig. 2')],
  create(parsed, context) {
    const { width, depths, startGaps, steps, tolerance, networks, layerNorm } = parsed;
    const architecture = layerNorm ? 'layer-norm' : 'mlp';
    const network = networkOf({ ...parsed, architecture, depth: Math.max(...depths) }, context);
    const places = depths.map((depth) => depth - 1);
    const request: Omit<SmallestCorrelationRequest, 'stream'> = {
      network,
      width,
      places,
      startGaps,
      steps,
      tolerance,
    };
    return {
      name: 'smallest-correlation',
      parts: networks,
      runPart(index, { stream, report }) {
        // The networks of the experiment propagation by method weights
        const whole = { ...request, stream: stream.child('propagation'), report };
        return Promise.resolve(smallestCorrelations(whole, index) as unknown as Json);
      },
      combine(parts) {
        const found = parts as unknown as readonly (readonly SmallestCorrelation[])[];
        return {
          result: {
            depths: depths.map((depth, place): Json =>
              depthJson(
                depth,
                found.map((places) => places[place]!),
              ),
            ),
          },
        };
      },
    };
  },
});

export default smallestCorrelation;
