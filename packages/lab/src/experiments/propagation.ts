/** Signals through networks of finite width, by simulation, beside what theory predicts for infinite width. */

import {
  cite,
  definePlugin,
  isMeanfieldError,
  schoenholz2017,
  singh2021,
  type Activation,
  type Json,
  type JsonObject,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import { simulate, type LayerSummary } from '@meanfield/simulation';
import { activities, trajectory } from '@meanfield/theory';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { firstLayer } from './first-layer.js';
import { infiniteNetwork, type InfiniteNetwork, type NetworkChoice } from './mean-field-of.js';

const inputs = z.strictObject({
  count: z.int().min(2).default(2),
  meanSquare: z.number().positive().default(1),
  // null: entries are drawn independently, so that the correlation is 0 on average only.
  correlation: z.number().min(-1).max(1).nullable().default(0),
});

const options = z.strictObject({
  ...networkOptions,
  width: z.int().positive().default(512),
  depth: z.int().positive().default(20),
  inputs: inputs.default({ count: 2, meanSquare: 1, correlation: 0 }),
  networks: z.int().min(2).default(20),
});

type Options = z.output<typeof options>;

/** Without a theory for the law, simulation alone still says something: the reason is then recorded. */
function theoryOf(choice: NetworkChoice, context: PluginContext): InfiniteNetwork | string {
  try {
    return infiniteNetwork(choice, context);
  } catch (error) {
    if (choice.meanField === undefined && isMeanfieldError(error) && error.code === 'UNSUPPORTED')
      return error.message;
    throw error;
  }
}

/** Entry 0 is layer 1's pre-activations, as in the simulation. */
function prediction(theory: InfiniteNetwork | string, { inputs: given, depth }: Options): JsonObject {
  if (typeof theory === 'string') return { theory: null, reason: theory };
  const start = firstLayer(theory.statistics, { ...given, correlation: given.correlation ?? 0 });
  if (start === null) return { theory: null, reason: `the law of the weights is ${theory.statistics.law}` };
  const dead = activities(theory.map, start.q1, depth - 1);
  const layers = trajectory(theory.map, start, depth - 1).map(({ q1, gap }, layer): Json => ({
    q: jsonNumber(q1),
    c: jsonNumber(1 - gap),
    gap: jsonNumber(gap),
    deadFraction: dead[layer]?.deadFraction ?? null,
  }));
  return { theory: { model: theory.model.name, method: theory.map.method, layers } };
}

function layerJson(layer: LayerSummary): JsonObject {
  const entries = Object.entries(layer) as [string, number | null][];
  return Object.fromEntries(entries.map(([key, value]) => [key, value === null ? null : jsonNumber(value)]));
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
    width: 'neurons of each layer and entries of each input, default 512',
    depth: 'layers with a nonlinearity, default 20',
    inputs:
      '{ count, meanSquare, correlation }, default 2 inputs of mean square 1 and correlation exactly 0; null for independent entries',
    networks: 'independent networks, at least 2, default 20',
  },
  references: [cite(schoenholz2017), cite(singh2021, 'fig. 2.2, 3.2')],
  create(parsed, context) {
    const activation: Activation = context.get(
      'activation',
      parsed.activation.name,
      parsed.activation.options,
    );
    const initializer = context.get('initializer', parsed.initializer.name, parsed.initializer.options);
    const theory = theoryOf(parsed, context);
    const { width, depth, networks } = parsed;
    return {
      name: 'propagation',
      run({ stream, report }) {
        const { correlation, ...moments } = parsed.inputs;
        const batch = correlation === null ? moments : { ...moments, correlation };
        const request = { activation, initializer, width, depth, inputs: batch, networks, report };
        const { method, layers } = simulate({ ...request, stream: stream.child('propagation') });
        return Promise.resolve({
          result: { method, layers: layers.map(layerJson), ...prediction(theory, parsed) },
        });
      },
    };
  },
});

export default propagation;
