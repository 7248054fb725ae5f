/**
 * Normalised kernels of networks of finite width beside those of infinite width (`tsuchida2018` fig. 2, 4).
 *
 * cos θ_j between the signals behind layer j of two inputs at an angle θ_0: for every angle a pair in a uniformly rotated
 * plane, planes orthogonal to each other, as the columns of a random orthogonal matrix give them.
 */

import {
  cite,
  definePlugin,
  tsuchida2018,
  type Activation,
  type Json,
  type JsonObject,
  type PluginDefinition,
} from '@meanfield/core';
import { normalisedKernels } from '@meanfield/kernels';
import { createStream } from '@meanfield/numerics';
import {
  meanOfPresent,
  simulateNetworks,
  type Network,
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
  width: z.int().min(2).default(1000),
  depths: z.array(z.int().min(1).max(MOST_DEPTH)).min(1).default([1]),
  angles: z.int().min(2).default(25),
  networks: z.int().min(2).default(4),
});

/** `count` angles, evenly from 0 to π */
const anglesOf = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => (Math.PI * index) / (count - 1));

/** Signals behind the activations of the layers `depths`, which increase. */
function networkOf(parts: Pick<SimulatedParts, 'activation' | 'dense'>, depths: readonly number[]): Network {
  const observed = new Set(depths);
  return Array.from({ length: Math.max(...depths) }, (_, index): NetworkLayer[] => [
    { dense: parts.dense },
    { activation: parts.activation },
    ...(observed.has(index + 1) ? [{ observe: true } as const] : []),
  ]).flat();
}

interface SimulatedParts {
  readonly activation: Activation;
  readonly dense: Extract<NetworkLayer, { dense: unknown }>['dense'];
}

/** 1 − cos θ_j of one network by depth and angle; null where a signal has died */
type Gaps = readonly (readonly (number | null)[])[];

const cosineOf = (gap: number | null): number | null => (gap === null ? null : 1 - gap);

/** Mean over angles of what one network's cosines have more than theory's. */
function offsetOf(gaps: readonly (number | null)[], theory: Float64Array): number | null {
  const excess = gaps.flatMap((gap, angle) => (gap === null ? [] : [1 - gap - theory[angle]!]));
  return meanOfPresent(excess).mean;
}

function layerJson(depth: number, networks: Gaps, theory: Float64Array | undefined): JsonObject {
  const angles = networks[0]!.map((_, angle) =>
    meanOfPresent(networks.map((gaps) => cosineOf(gaps[angle]!))),
  );
  const offset = theory && meanOfPresent(networks.map((gaps) => offsetOf(gaps, theory)));
  return {
    depth,
    cosine: angles.map(({ mean }) => mean),
    stderr: angles.map(({ stderr }) => stderr),
    theory: theory === undefined ? null : [...theory],
    offset: offset === undefined ? null : { ...offset },
  };
}

const kernelSamples: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'kernel-samples',
  package: PACKAGE,
  version: VERSION,
  summary: 'cosines between the signals of inputs at many angles, by depth, beside the normalised kernel',
  options,
  optionDocs: {
    activation: CHOICE_DOCS.activation,
    initializer: CHOICE_DOCS.initializer,
    width: 'neurons of each layer and entries of each input, default 1000, at least two for each angle',
    depths: 'layers to look behind, counted from 1, default [1]',
    angles: 'number of angles, evenly from 0 to π, default 25',
    networks: 'independent networks, at least 2, default 4',
  },
  references: [cite(tsuchida2018, 'fig. 2, 4; cor. 3, 4, 7')],
  create(parsed, context) {
    const { width, networks } = parsed;
    const depths = [...new Set(parsed.depths)].sort((a, b) => a - b);
    const angles = anglesOf(parsed.angles);
    const phi = context.get('activation', parsed.activation.name, parsed.activation.options);
    const dense = context.get('initializer', parsed.initializer.name, parsed.initializer.options);
    const [start] = normalisedKernels(phi, { depth: 0, angles }).gaps;
    const request: Omit<SimulationRequest, 'stream'> = {
      network: networkOf({ activation: phi, dense }, depths),
      width,
      inputs: { count: 2 * angles.length, pairGaps: [...start!] },
      networks,
    };
    // Whatever is wrong with the request is known before any work starts: no network, nothing drawn.
    simulateNetworks({ ...request, stream: createStream(0) }, 0, 0);
    return {
      name: 'kernel-samples',
      parts: networks,
      runPart(index, { stream, report }) {
        const whole = { ...request, stream: stream.child('kernels'), report };
        const [found] = simulateNetworks(whole, index, index + 1);
        return Promise.resolve(found!.layers.map(({ pairGaps }): Json => [...pairGaps!]));
      },
      combine(parts) {
        const byNetwork = parts as unknown as readonly Gaps[];
        const depth = depths.at(-1)!;
        // Lengths do not matter to homogeneous activations alone.
        const theory = phi.homogeneous ? normalisedKernels(phi, { depth, angles }).kernels : undefined;
        const layers = depths.map((each, place) =>
          layerJson(
            each,
            byNetwork.map((gaps) => gaps[place]!),
            theory?.[each],
          ),
        );
        const reason = 'the kernel does not depend on angles alone unless the activation is homogeneous';
        return { result: { angles, layers, ...(theory === undefined ? { reason } : {}) } };
      },
    };
  },
});

export default kernelSamples;
