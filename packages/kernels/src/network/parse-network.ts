/** Networks as JSON: the layers of `network.ts`, activations by name. */

import { MeanfieldError, parseOptions, type Activation } from '@meanfield/core';
import { z } from 'zod';

import { checkNetwork, type KernelLayer, type KernelNetwork } from './network.js';

/** The activation of a name with options, such as `(name, options) => lab.get('activation', name, options)` */
export type ActivationSource = (name: string, options: Readonly<Record<string, unknown>>) => Activation;

/** Levels of JSON within each other, of which a branch takes two */
const MOST_LEVELS = 200;

const variance = z.number().nonnegative();

const layerSchema = z.union([
  z.strictObject({ dense: z.strictObject({ weightVariance: variance, biasVariance: variance.default(0) }) }),
  z.strictObject({
    activation: z.union([
      z.string(),
      z.strictObject({ name: z.string(), options: z.record(z.string(), z.unknown()).default({}) }),
    ]),
  }),
  z.strictObject({ layerNorm: z.strictObject({ epsilon: variance.default(0) }) }),
  z.strictObject({
    get residual() {
      return z.array(layerSchema);
    },
  }),
]);

type LayerJson = z.infer<typeof layerSchema>;

const schema = z.strictObject({ layers: z.array(layerSchema).min(1) });

const DOCS = {
  layers:
    'a list of {"dense": {"weightVariance", "biasVariance"}}, {"activation": NAME or {"name", "options"}}, {"layerNorm": {"epsilon"}}, {"residual": [layers]}',
};

/**
 * A network from `{"layers": [{"dense": {"weightVariance": 2}}, {"activation": "relu"}, …]}`, parsed JSON.
 *
 * @throws MeanfieldError INVALID_OPTION for what is no network, INVALID_ARGUMENT as `checkNetwork`, and what `source` throws
 */
export function parseNetwork(json: unknown, source: ActivationSource): KernelNetwork {
  requireShallow(json);
  const { layers } = parseOptions('the network', schema, json, DOCS);
  const network = layers.map((layer) => layerOf(layer, source));
  checkNetwork(network);
  return network;
}

/** Refuses nesting that recursion over branches would not survive. */
function requireShallow(json: unknown): void {
  let values: readonly unknown[] = [json];
  for (let level = 0; level < MOST_LEVELS && values.length > 0; level++)
    values = values.flatMap((value): unknown[] =>
      typeof value === 'object' && value ? Object.values(value) : [],
    );
  if (values.length === 0) return;
  throw new MeanfieldError({
    code: 'INVALID_OPTION',
    expected: `a network of at most ${MOST_LEVELS} levels of JSON, two for each branch within a branch`,
    found: 'more',
    remedy: 'put layers behind each other instead',
  });
}

function layerOf(layer: LayerJson, source: ActivationSource): KernelLayer {
  if ('residual' in layer) return { residual: layer.residual.map((inner) => layerOf(inner, source)) };
  if (!('activation' in layer)) return layer;
  const { activation } = layer;
  return {
    activation:
      typeof activation === 'string' ? source(activation, {}) : source(activation.name, activation.options),
  };
}
