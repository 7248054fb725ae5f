/**
 * How far layers stretch signals: the distribution over inputs of ‖h_j‖/‖x‖ by depth, h_j the signal behind layer j
 * (`tsuchida2018` fig. 5).
 */

import {
  cite,
  definePlugin,
  tsuchida2018,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  meanOf,
  simulateNetworks,
  simulateNormRatios,
  type NetworkLayer,
  type SimulationRequest,
} from '@meanfield/simulation';
import { z } from 'zod';

import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';

const { activation, initializer } = networkOptions;
const MOST_DEPTH = 4096;

const options = z.strictObject({
  activation,
  initializer,
  width: z.int().min(1).default(1000),
  depths: z.array(z.int().min(1).max(MOST_DEPTH)).min(1).default([1, 10, 100]),
  inputs: z.int().min(2).default(1000),
  networks: z.int().min(2).default(4),
  bins: z.int().min(1).max(1000).default(30),
});

/** Inputs by ratio: `counts[b]` of them from `from + b · step` up to the next, the largest in the last bin. */
interface Histogram extends JsonObject {
  readonly from: number;
  readonly step: number;
  readonly counts: readonly number[];
}

function histogramOf(values: Float64Array, bins: number): Histogram {
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const step = (to - from) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = step === 0 ? 0 : Math.min(bins - 1, Math.floor((value - from) / step));
    counts[bin]!++;
  }
  return { from, step, counts };
}

/** What one network shows at one depth. */
interface RatiosJson extends JsonObject {
  /** Over inputs */
  readonly mean: number;
  readonly meanSquare: number;
  readonly deviation: number;
  /** Of the first network */
  readonly histogram?: Histogram;
}

function ratiosJson(ratios: Float64Array, bins: number | null): RatiosJson {
  const over = (of: (ratio: number) => number): number =>
    ratios.reduce((sum, ratio) => sum + of(ratio), 0) / ratios.length;
  const mean = over((ratio) => ratio);
  return {
    mean,
    meanSquare: over((ratio) => ratio * ratio),
    deviation: Math.sqrt(over((ratio) => (ratio - mean) ** 2)),
    ...(bins === null ? {} : { histogram: histogramOf(ratios, bins) }),
  };
}

function layerJson(depth: number, networks: readonly RatiosJson[]): JsonObject {
  const estimate = (of: (network: RatiosJson) => number): JsonObject => ({ ...meanOf(networks.map(of)) });
  return {
    depth,
    ratio: estimate(({ mean }) => mean),
    meanSquare: estimate(({ meanSquare }) => meanSquare),
    deviation: estimate(({ deviation }) => deviation),
    histogram: networks[0]!.histogram!,
  };
}

const normRatios: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'norm-ratios',
  package: PACKAGE,
  version: VERSION,
  summary: 'norms of signals relative to their inputs’ by depth: moments, and a histogram of one network',
  options,
  optionDocs: {
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    width: 'neurons of each layer and entries of each input, default 1000',
    depths: 'layers to look behind, counted from 1, default [1, 10, 100]',
    inputs: 'inputs with independent standard normal entries, default 1000',
    networks: 'independent networks, at least 2, default 4; histograms are those of the first',
    bins: 'of a histogram, from the smallest ratio to the largest, default 30',
  },
  references: [cite(tsuchida2018, 'fig. 5, cor. 10')],
  create(parsed, context) {
    const { width, networks, inputs, bins } = parsed;
    const depths = [...new Set(parsed.depths)].sort((a, b) => a - b);
    const phi = context.get('activation', parsed.activation.name, parsed.activation.options);
    const dense = context.get('initializer', parsed.initializer.name, parsed.initializer.options);
    const layer: readonly NetworkLayer[] = [{ dense }, { activation: phi }, { observe: true }];
    const request: Omit<SimulationRequest, 'stream'> = {
      network: Array.from({ length: depths.at(-1)! }, () => layer).flat(),
      width,
      inputs: { count: inputs },
      networks,
    };
    // Whatever is wrong with the request is known before any work starts: no network, nothing drawn.
    simulateNetworks({ ...request, stream: createStream(0) }, 0, 0);
    const places = depths.map((depth) => depth - 1);
    return {
      name: 'norm-ratios',
      parts: networks,
      runPart(index, { stream }) {
        const found = simulateNormRatios({ ...request, stream: stream.child('norms') }, index, places);
        return Promise.resolve(found.map((ratios): Json => ratiosJson(ratios, index === 0 ? bins : null)));
      },
      combine(parts) {
        const byNetwork = parts as unknown as readonly (readonly RatiosJson[])[];
        return {
          result: {
            layers: depths.map((depth, place) =>
              layerJson(
                depth,
                byNetwork.map((found) => found[place]!),
              ),
            ),
          },
        };
      },
    };
  },
});

export default normRatios;
