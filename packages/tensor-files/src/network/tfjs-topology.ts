/**
 * The layers of a saved tfjs-layers model in their order, those of models within it too.
 *
 * Keys are as TensorFlow.js writes them (`class_name`, `inbound_nodes`); Keras models that its converter wrote are wrapped in
 * `model_config`. https://www.tensorflow.org/js/guide/save_load
 */

import { show } from '@meanfield/core';
import { z } from 'zod';

import { damaged, notRead } from '../file-errors.js';

export interface TfjsLayer {
  readonly name: string;
  /** As tfjs-layers registers it, such as `Dense` */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose outputs it takes, none for a first one; null where the file does not say so plainly */
  readonly inputs: readonly string[] | null;
}

const MOST_LAYERS = 10_000;
/** Models within models */
const MOST_LEVELS = 20;

const config = z.record(z.string(), z.unknown());
const layerSchema = z.object({
  class_name: z.string().max(200),
  name: z.string().max(1000).optional(),
  config,
  inbound_nodes: z.unknown().optional(),
});
const containerSchema = z.object({ layers: z.array(z.unknown()).max(MOST_LAYERS) });
const modelSchema = z.object({ class_name: z.string(), config: z.union([config, z.array(z.unknown())]) });
/** `[[[name, node, tensor, arguments], …]]`: one use of the layer, of which each entry names an input */
const inboundSchema = z.array(z.array(z.tuple([z.string()], z.unknown())));

const FUNCTIONAL: ReadonlySet<string> = new Set(['Model', 'Functional']);

function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  throw damaged(`${what} of a saved tfjs-layers model`, show(value), outcome.error);
}

/** @throws MeanfieldError INVALID_FILE, UNSUPPORTED for models of another kind */
export function layersOfTopology(topology: unknown): readonly TfjsLayer[] {
  const wrapped = z.object({ model_config: z.unknown() }).safeParse(topology);
  const model = (wrapped.success ? wrapped.data.model_config : undefined) ?? topology;
  const layers: TfjsLayer[] = [];
  collect(parse(modelSchema, model, 'the topology'), null, layers, 0);
  return layers;
}

type ModelJson = z.infer<typeof modelSchema>;

/** @param before what feeds the model itself, where it is in another one; null for an input from outside */
function collect(
  model: ModelJson,
  before: readonly string[] | null,
  layers: TfjsLayer[],
  level: number,
): readonly string[] | null {
  const functional = FUNCTIONAL.has(model.class_name);
  if (!functional && model.class_name !== 'Sequential') {
    const found = show(model.class_name);
    throw notRead('a model of class Sequential or Model', found, 'save it as a layers model');
  }
  if (level >= MOST_LEVELS) throw damaged(`at most ${MOST_LEVELS} models within each other`, 'more');
  const inside = Array.isArray(model.config) ? { layers: model.config } : model.config;
  let last: readonly string[] | null = before ?? [];
  for (const json of parse(containerSchema, inside, 'the layers').layers) {
    const layer = parse(layerSchema, json, 'a layer');
    const inputs = functional ? functionalInputs(layer.inbound_nodes, before) : last;
    if (layer.class_name === 'Sequential' || FUNCTIONAL.has(layer.class_name)) {
      last = collect(layer, inputs, layers, level + 1);
      continue;
    }
    if (layers.length >= MOST_LAYERS) throw damaged(`at most ${MOST_LAYERS} layers`, 'more');
    const name = nameOf(layer, layers.length);
    layers.push({ name, className: layer.class_name, config: layer.config, inputs });
    last = [name];
  }
  // The last layer of a functional model need not be its output.
  return functional ? null : last;
}

function nameOf({ name, config }: z.infer<typeof layerSchema>, index: number): string {
  const own = config['name'] ?? name;
  return typeof own === 'string' && own !== '' ? own : `layer ${index + 1}`;
}

/** Of a layer that is used once, without nodes of its own kind; an input layer takes what feeds the model. */
function functionalInputs(nodes: unknown, before: readonly string[] | null): readonly string[] | null {
  const outcome = inboundSchema.safeParse(nodes ?? []);
  if (!outcome.success || outcome.data.length > 1) return null;
  const [use] = outcome.data;
  return use === undefined ? (before ?? []) : use.map(([name]) => name);
}
