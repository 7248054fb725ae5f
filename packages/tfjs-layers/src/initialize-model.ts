/** Weights and biases of a built model of tfjs-layers, overwritten from named streams. */

import { MeanfieldError, type DenseLayer, type Initializer, type RandomStream } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';

import { denseSizes } from './dense-sizes.js';
import { weightedLayers, type LayersModel, type WeightedLayer } from './weighted-layers.js';

export interface InitializedLayer {
  /** Name of the layer, below the names of the models and wrappers that it is in: `block/dense_1` */
  readonly layer: string;
  readonly className: string;
  /** Path of the stream that it drew from: `layer/<l>` */
  readonly stream: string;
  /** kh·kw·in for a convolution */
  readonly fanIn: number;
  readonly fanOut: number;
  /** Whether the layer has a bias, then drawn with the weights */
  readonly bias: boolean;
}

export interface LayerLeftAlone {
  readonly layer: string;
  readonly className: string;
  readonly reason: string;
}

export interface ModelInitialization {
  readonly initialized: readonly InitializedLayer[];
  /** Layers with variables that keep them. Layers without variables are in neither list. */
  readonly leftAlone: readonly LayerLeftAlone[];
}

/** Kernels [..., in, out] whose every output sums over all inputs: those of a dense layer with fan-in ∏ (all but the last). */
const DENSE_KERNELS: ReadonlySet<string> = new Set(['Dense', 'Conv1D', 'Conv2D', 'Conv3D']);

const REASONS: Readonly<Record<string, string>> = {
  BatchNormalization: 'normalisation has no random weights',
  LayerNormalization: 'normalisation has no random weights',
  PReLU: 'its slopes are not weights of a layer',
  Embedding: 'an embedding is a table, without a fan-in',
  DepthwiseConv2D: 'each output of a depthwise kernel sums over one channel',
  SeparableConv2D: 'a separable kernel is a product of two',
  Conv2DTranspose: 'outputs of a transposed kernel differ in fan-in',
  Conv3DTranspose: 'outputs of a transposed kernel differ in fan-in',
};
const RECURRENT: ReadonlySet<string> = new Set([
  'SimpleRNN',
  'GRU',
  'LSTM',
  'RNN',
  'ConvLSTM2D',
  'Bidirectional',
]);

function reasonFor(className: string): string {
  if (RECURRENT.has(className)) return 'recurrent weights are not those of one dense layer';
  return (
    REASONS[className] ?? `the weights of a ${className} layer are not known to be those of a dense layer`
  );
}

interface Draw {
  readonly target: WeightedLayer;
  readonly sizes: number[];
  readonly dense: DenseLayer;
  readonly stream: RandomStream;
}

/**
 * Overwrites kernel and bias of every dense and convolution layer of a model, also of those in models inside it and in
 * TimeDistributed, with one joint draw a layer: what RAI and RAAI need, whose biases are not independent of their weights.
 * A convolution kernel [kh, kw, in, out] is a dense layer with fan-in kh·kw·in, which says nothing about how signals correlate
 * between places. Other variables (normalisation, embeddings, recurrent, depthwise, transposed) and an optimiser's state are
 * left alone. Constraints of a layer still apply to what it is given. No tensor is left over.
 *
 * Dense layer number l, counted from 0 in the order of `model.layers`, draws from `layer/<l>`: the same numbers as in
 * a model built with `tfjsInitializers(...).next()`, and with the stream `network/<r>` those of network r in
 * `@meanfield/training`. A layer that stands in several places is initialised once.
 *
 * @param seed a seed, or the stream whose children are to be drawn from
 * @throws MeanfieldError INVALID_ARGUMENT for a model that is not built; UNSUPPORTED for a layer without bias (useBias false) and
 * a law that draws biases. The model is then as it was.
 */
export function initializeModel(
  model: LayersModel,
  initializer: Initializer,
  seed: number | RandomStream,
): ModelInitialization {
  const root = typeof seed === 'number' ? createStream(seed) : seed;
  const all = weightedLayers(model);
  const targets = all.filter(({ className }) => DENSE_KERNELS.has(className));
  const draws = targets.map((target, l) => draw(target, initializer, root.child('layer').child(l)));
  draws.forEach(write);
  return {
    initialized: draws.map(({ target, dense, stream }) => ({
      layer: target.path,
      className: target.className,
      stream: stream.path,
      fanIn: dense.fanIn,
      fanOut: dense.fanOut,
      bias: target.shapes.length > 1,
    })),
    leftAlone: all
      .filter(({ className }) => !DENSE_KERNELS.has(className))
      .map(({ path, className }) => ({ layer: path, className, reason: reasonFor(className) })),
  };
}

function draw(target: WeightedLayer, initializer: Initializer, stream: RandomStream): Draw {
  const { fanIn, fanOut, sizes } = denseSizes(target.shapes[0] ?? []);
  const dense = { fanIn, fanOut, weights: new Float32Array(fanIn * fanOut), bias: new Float32Array(fanOut) };
  initializer.sample(dense, stream);
  const needsBias =
    initializer.statistics().law === 'replaced-entry-rows' || dense.bias.some((value) => value !== 0);
  if (target.shapes.length < 2 && needsBias) {
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: `a bias in layer ${target.path}, as initializer ${initializer.name} draws biases with its weights`,
      found: 'useBias false',
      remedy: 'give the layer a bias, or choose a law without one',
    });
  }
  return { target, sizes, dense, stream };
}

function write({ target, sizes, dense }: Draw): void {
  tidy(() => {
    const values: Tensor[] = [tensor(dense.weights, sizes)];
    if (target.shapes.length > 1) values.push(tensor(dense.bias));
    target.layer.setWeights(values);
  });
}
