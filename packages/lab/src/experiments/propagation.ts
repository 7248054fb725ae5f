/** Signals through networks of finite width, by simulation, beside what theory predicts for infinite width. */

import {
  cite,
  definePlugin,
  schoenholz2017,
  singh2021,
  type Json,
  type JsonObject,
  type PartedExperiment,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import {
  chooseMethod,
  simulateNetworks,
  summarise,
  type LayerSummary,
  type NetworkObservation,
  type SimulationRequest,
} from '@meanfield/simulation';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { ARCHITECTURE_DOCS, architectureOptions, networkOf, withBranch } from './architecture.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { INPUTS_DOC, inputsOption, inputSpec } from './inputs.js';
import type { InfiniteNetwork } from './mean-field-of.js';
import { prediction, theoryOf } from './prediction.js';

/** Networks are shared out in at most so many parts. */
const MOST_PARTS = 64;
const DEEPEST = 1_000_000;

const options = z
  .strictObject({
    ...networkOptions,
    ...architectureOptions,
    width: z.int().positive().default(512),
    depth: z.int().positive().max(DEEPEST).default(20),
    inputSize: z.int().positive().optional(),
    inputs: inputsOption,
    networks: z.int().min(2).default(20),
    method: z.enum(['auto', 'gram', 'weights']).default('auto'),
  })
  .refine(({ architecture, branch }) => architecture === 'resnet' || branch === undefined, {
    error: 'only a resnet has a branch',
    path: ['branch'],
  })
  .refine(({ architecture, meanField }) => architecture === 'mlp' || meanField === undefined, {
    error: 'mean-field models describe architecture mlp only',
    path: ['meanField'],
  })
  .transform(withBranch);

type Options = z.output<typeof options>;

function theoryFor(parsed: Options, context: PluginContext): InfiniteNetwork | string {
  if (parsed.architecture === 'mlp') return theoryOf(parsed, context);
  return `mean-field models describe perceptrons, and this is a network of architecture ${parsed.architecture}`;
}

const numberJson = (value: number | null): Json => (value === null ? null : jsonNumber(value));

function layerJson({ pairs, ...moments }: LayerSummary): JsonObject {
  const entries = Object.entries(moments).map(([key, value]) => [key, numberJson(value)] as const);
  const pairsJson = pairs?.map(({ gap, gapStderr, c }): Json => ({
    gap: numberJson(gap),
    gapStderr: numberJson(gapStderr),
    c: numberJson(c),
  }));
  return { ...Object.fromEntries(entries), ...(pairsJson === undefined ? {} : { pairs: pairsJson }) };
}

/** Parts are runs of networks, whose length depends on the options alone. */
function experimentOf(
  request: Omit<SimulationRequest, 'stream'>,
  predict: () => JsonObject,
): PartedExperiment {
  const { networks } = request;
  const each = Math.ceil(networks / MOST_PARTS);
  return {
    name: 'propagation',
    parts: Math.ceil(networks / each),
    runPart(index, { stream, report }) {
      const whole = { ...request, stream: stream.child('propagation'), report };
      const from = index * each;
      const found = simulateNetworks(whole, from, Math.min(networks, from + each));
      return Promise.resolve(found as unknown as Json);
    },
    combine(parts) {
      const { method, layers } = summarise(parts.flat() as unknown as NetworkObservation[]);
      return { result: { method, layers: layers.map(layerJson), ...predict() } };
    },
  };
}

const propagation: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'propagation',
  package: PACKAGE,
  version: VERSION,
  summary:
    'mean square and correlation of signals by layer: simulation at finite width, theory at infinite width',
  options,
  optionDocs: {
    ...CHOICE_DOCS,
    ...ARCHITECTURE_DOCS,
    width: 'neurons of each layer, default 512',
    depth: 'layers with a nonlinearity (of a resnet: blocks), default 20',
    inputSize: 'entries of each input, default the width',
    inputs: INPUTS_DOC,
    networks: 'independent networks, at least 2, default 20',
    method: 'gram (no weights are formed), weights, or auto (default), whichever is cheaper',
  },
  references: [cite(schoenholz2017), cite(singh2021, 'fig. 2.2, 3.2')],
  create(parsed, context) {
    const theory = theoryFor(parsed, context);
    const { width, inputSize, networks, method, depth, inputs } = parsed;
    const request = {
      network: networkOf(parsed, context),
      width,
      ...(inputSize === undefined ? {} : { inputSize }),
      inputs: inputSpec(inputs),
      networks,
      method,
    };
    // Whatever is wrong with the request is known before any work starts; nothing is drawn.
    chooseMethod({ ...request, stream: createStream(0) });
    return experimentOf(request, () => prediction(theory, inputs, depth));
  },
});

export default propagation;
