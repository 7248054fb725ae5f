/** From initializers of this laboratory to those of tfjs-layers. */

import { MeanfieldError, show, type Initializer } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';

import {
  createFrom,
  MeanfieldInitializer,
  type InitializerSource,
  type LayerPlace,
  type Origin,
  type PluginUse,
} from './meanfield-initializer.js';

/**
 * The initializer of one layer of a tfjs-layers model, for its kernel and, the same instance, for its bias:
 *
 *     const first = toTfjsInitializer(raai, { seed: 7, layer: 'first' });
 *     layers.dense({ units: 64, kernelInitializer: first, biasInitializer: first })
 *
 * Its numbers are those of the stream `layer/<layer>` of the seed, whatever else is made before or after. tfjs-layers does not
 * tell an initializer which layer asks, so `layer` has to; an instance refuses a second kernel. RAI and RAAI draw biases
 * with their weights: without `biasInitializer` the bias stays tfjs-layers' own (zeros), which is another law than theirs.
 * Fan-in of a convolution kernel [kh, kw, in, out] is kh·kw·in; not for depthwise, transposed or recurrent kernels.
 *
 * A saved model keeps plugin, options, seed and layer where `source` is a plugin. An instance does not tell its options: a
 * model saved with one loads with its weights but cannot be initialised anew.
 *
 * @throws MeanfieldError INVALID_OPTION; INVALID_ARGUMENT for a seed or a layer that cannot name a stream
 */
export function toTfjsInitializer<Options>(
  source: InitializerSource<Options>,
  use: LayerPlace & PluginUse<Options>,
): MeanfieldInitializer {
  const { initializer, origin } = createFrom(source, use);
  return new MeanfieldInitializer(initializer, origin, use);
}

/** What a layer of tfjs-layers takes: one instance twice, since weights and biases are one draw. */
export interface LayerInitializers {
  readonly kernelInitializer: MeanfieldInitializer;
  readonly biasInitializer: MeanfieldInitializer;
}

/** Hands out the initializers of a model, each layer's once. */
export class ModelInitializers {
  readonly #initializer: Initializer;
  readonly #origin: Origin;
  readonly #seed: number;
  readonly #given = new Set<string>();
  #next = 0;

  constructor(initializer: Initializer, origin: Origin, seed: number) {
    this.#initializer = initializer;
    this.#origin = origin;
    this.#seed = seed;
  }

  /** Those of layer 0, then 1, and so on: the numbers that `initializeModel` gives dense layers in this order. */
  next(): LayerInitializers {
    return this.layer(this.#next++);
  }

  /**
   * Those of the layer of this name, which do not depend on what other layers there are.
   *
   * @throws MeanfieldError INVALID_ARGUMENT for a name given before, as two layers would have the same weights
   */
  layer(layer: string | number): LayerInitializers {
    if (this.#given.has(String(layer))) {
      throw new MeanfieldError({
        code: 'INVALID_ARGUMENT',
        expected: 'a layer that has no initializer yet',
        found: `${show(layer)} for the second time`,
        remedy: 'name every layer differently, so that no two have the same weights',
      });
    }
    const initializer = new MeanfieldInitializer(this.#initializer, this.#origin, {
      seed: this.#seed,
      layer,
    });
    this.#given.add(String(layer));
    return { kernelInitializer: initializer, biasInitializer: initializer };
  }
}

/**
 * Initializers for the layers of one model, from one seed:
 *
 *     const initial = tfjsInitializers(raai, { seed: 7 });
 *     sequential({ layers: [layers.dense({ units: 64, inputShape: [9], ...initial.next() }), ...
 *
 * What `toTfjsInitializer` says of sources, biases and convolutions holds here too.
 *
 * @throws MeanfieldError INVALID_OPTION; INVALID_ARGUMENT for a seed that is not a safe integer from 0
 */
export function tfjsInitializers<Options>(
  source: InitializerSource<Options>,
  use: Pick<LayerPlace, 'seed'> & PluginUse<Options>,
): ModelInitializers {
  const { initializer, origin } = createFrom(source, use);
  createStream(use.seed);
  return new ModelInitializers(initializer, origin, use.seed);
}
