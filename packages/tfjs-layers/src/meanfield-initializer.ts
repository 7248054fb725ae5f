/** An initializer of this laboratory as an initializer of tfjs-layers. */

import {
  MeanfieldError,
  show,
  type Initializer,
  type JsonObject,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { tensor, type DataType, type serialization, type Tensor } from '@tensorflow/tfjs-core';

import { TfjsInitializerBase } from './base-class.js';
import { denseSizes } from './dense-sizes.js';

/** Which layer's numbers an initializer draws. */
export interface LayerPlace {
  /** A safe integer from 0, 0 included */
  readonly seed: number;
  /** Name or number of the layer: its numbers come from the stream `layer/<layer>` of the seed. */
  readonly layer: string | number;
  /** Fan-in of the layer's kernel; what a bias alone needs to know, see `MeanfieldInitializer.apply` */
  readonly fanIn?: number;
}

/** What makes the initializer again, for saved models. */
export interface Origin {
  /** Name of the plugin */
  readonly plugin: string;
  /** Its options; null where an instance was handed over, which does not tell its options */
  readonly options: JsonObject | null;
}

/**
 * tfjs-layers gives an initializer the shape of a variable and nothing about the layer that it belongs to, so an instance
 * belongs to ONE layer, which it is told when it is made. As both `kernelInitializer` and `biasInitializer` of
 * that layer it gives one joint draw of weights and biases, as laws need it in which they are not independent (RAI, RAAI).
 */
export class MeanfieldInitializer extends TfjsInitializerBase {
  /** The name in saved models */
  static readonly className = 'MeanfieldInitializer';
  /** What is sampled */
  readonly initializer: Initializer;
  readonly #origin: Origin;
  readonly #place: LayerPlace;
  #fanIn: number | undefined;
  #hasKernel = false;

  /** @throws MeanfieldError INVALID_ARGUMENT for a seed or a name of a layer that no stream can have */
  constructor(initializer: Initializer, origin: Origin, place: LayerPlace) {
    super();
    createStream(place.seed).child('layer').child(place.layer);
    this.initializer = initializer;
    this.#origin = origin;
    this.#place = place;
    this.#fanIn = place.fanIn;
  }

  /**
   * Weights for a shape [..., in, out]: those of a dense layer whose fan-in is the product of all sizes but the last, which
   * is right for dense and ordinary convolution kernels ([kh, kw, in, out]: fan-in kh·kw·in), not for depthwise or transposed
   * ones, which look the same from here. Biases for a shape [out]: those of the same draw; the fan-in is then that of
   * the kernel made before, or the one given.
   *
   * @throws MeanfieldError INVALID_ARGUMENT for the kernel of a second layer, which would get the same weights, for a bias
   * whose fan-in is not known, for a shape without two sizes above 0; UNSUPPORTED for a dtype other than float32
   */
  override apply(shape: (number | null)[], dtype: DataType = 'float32'): Tensor {
    requireFloat32(dtype);
    if (shape.length === 1) return tensor(this.#draw(this.#knownFanIn(), shape[0] ?? 0).bias);
    const { fanIn, fanOut, sizes } = denseSizes(shape);
    this.#requireFirstKernel();
    const { weights } = this.#draw(fanIn, fanOut);
    this.#hasKernel = true;
    this.#fanIn = fanIn;
    return tensor(weights, sizes);
  }

  /**
   * Plugin, options, seed, layer and fan-in. tfjs-layers rewrites between camelCase and snake_case the keys and strings of
   * configs that it saves, but for strings under the key `name`: hence the place of those that must come back as they are.
   */
  override getConfig(): serialization.ConfigDict {
    const { plugin, options } = this.#origin;
    const { seed, layer } = this.#place;
    return {
      plugin,
      options: options === null ? null : { name: JSON.stringify(options) },
      seed,
      layer: typeof layer === 'number' ? layer : { name: layer },
      fanIn: this.#fanIn ?? null,
    };
  }

  #draw(fanIn: number, fanOut: number): { weights: Float32Array; bias: Float32Array } {
    const layer = {
      fanIn,
      fanOut,
      weights: new Float32Array(fanIn * fanOut),
      bias: new Float32Array(fanOut),
    };
    const { seed, layer: name } = this.#place;
    this.initializer.sample(layer, createStream(seed).child('layer').child(name));
    return layer;
  }

  #knownFanIn(): number {
    if (this.#fanIn !== undefined) return this.#fanIn;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `the fan-in of layer ${show(this.#place.layer)}, on which its biases depend`,
      found: 'a bias made before its kernel',
      remedy: 'use one instance as kernelInitializer and biasInitializer of the layer, or pass fanIn',
    });
  }

  #requireFirstKernel(): void {
    if (!this.#hasKernel) return;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `one kernel from the initializer of layer ${show(this.#place.layer)}`,
      found: 'a second one, which would have the same weights',
      remedy: 'make one initializer a layer, by tfjsInitializers(...).next() or .layer(name)',
    });
  }
}

function requireFloat32(dtype: DataType): void {
  if (dtype === 'float32') return;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: 'a variable of dtype float32',
    found: dtype,
    remedy: 'use an initializer of tfjs-layers for variables of other types',
  });
}

/** What a plugin needs to be used in a layer */
export interface PluginUse<Options> {
  /** Options of the plugin; its defaults where left out */
  readonly options?: Options;
  /** Lab to create it in, for plugins that ask for others */
  readonly lab?: PluginContext;
}

/** An instance ready to sample, or a plugin that makes one */
export type InitializerSource<Options> = Initializer | PluginDefinition<'initializer', Options>;

/**
 * The instance, and what a saved model will say about it.
 *
 * @throws MeanfieldError INVALID_OPTION; INVALID_ARGUMENT for options beside an instance
 */
export function createFrom<Options>(
  source: InitializerSource<Options>,
  { options, lab }: PluginUse<Options>,
): { readonly initializer: Initializer; readonly origin: Origin } {
  if ('create' in source) {
    const initializer = source.create(options, lab);
    const saved = JSON.parse(JSON.stringify(options ?? {})) as JsonObject;
    return { initializer, origin: { plugin: source.name, options: saved } };
  }
  if (options === undefined) return { initializer: source, origin: { plugin: source.name, options: null } };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `no options beside an instance of ${source.name}, which has its own`,
    found: show(options),
    remedy: 'pass the plugin itself with these options',
  });
}
