/**
 * Forward and backward passes of dense networks side by side, written out as tensor operations.
 *
 * h = s W + b, s' = φ(h); dH = dS' ⊙ φ'(h), dW = sᵀ dH, db = 1ᵀ dH, dS = dH Wᵀ, with all tensors of shape
 * [networks, rows, columns]. Where an engine is slow at it, transposed operands are transposed first: wasm multiplies 1000×100
 * by 100×100 in 1.2 ms, but in 16 ms when told to transpose an operand itself. db is a product too, since the sums that
 * TensorFlow makes along an axis differ in their last bits with the number of networks, and its products do not.
 */

import type { DenseNetworkSpec } from '@meanfield/core';
import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';

import { dualOperations, times, type Dual, type Slope } from './dual.js';
import type { Engine } from './engine.js';
import { elementwise } from './operations.js';
import type { StackedLayer } from './stack.js';

/** Inputs of a batch on the engine, [networks or 1, rows, units]: 1 where networks share them */
export interface InputTensors {
  readonly rows: Tensor3D;
  /** Their transpose, where the engine is slow at transposing in products */
  readonly columns?: Tensor;
}

const transposed = ({ tf }: Engine, x: Tensor): Tensor => tf.transpose(x, [0, 2, 1]);

/** xᵀ y */
const productOfTransposed = (engine: Engine, x: Tensor, y: Tensor): Tensor =>
  engine.dialect.transposesInProducts
    ? engine.tf.matMul(x, y, true, false)
    : engine.tf.matMul(transposed(engine, x), y);

/** x yᵀ */
const productWithTransposed = (engine: Engine, x: Tensor, y: Tensor): Tensor =>
  engine.dialect.transposesInProducts
    ? engine.tf.matMul(x, y, false, true)
    : engine.tf.matMul(x, transposed(engine, y));

export function inputTensors(engine: Engine, rows: Tensor3D): InputTensors {
  return engine.dialect.transposesInProducts ? { rows } : { rows, columns: transposed(engine, rows) };
}

const weightsOf = ({ tf }: Engine, { networks, fanIn, fanOut, weights }: StackedLayer): Tensor3D =>
  tf.tensor3d(weights, [networks, fanIn, fanOut]);

/** s W + b; one network's bias is added within the product. */
function affine(engine: Engine, signals: Tensor3D, layer: StackedLayer): Tensor3D {
  const { tf } = engine;
  const { networks, fanOut, bias } = layer;
  const weights = weightsOf(engine, layer);
  if (networks === 1) return tf.fused.matMul({ a: signals, b: weights, bias: tf.tensor1d(bias) }) as Tensor3D;
  return tf.add(tf.matMul(signals, weights), tf.tensor3d(bias, [networks, 1, fanOut]));
}

const isActivated = ({ activateOutput }: DenseNetworkSpec, layer: number, layers: number): boolean =>
  activateOutput || layer < layers - 1;

/** Pre-activations of every layer, and the networks' outputs, all [networks, rows, units]. */
export function forward(
  engine: Engine,
  spec: DenseNetworkSpec,
  layers: readonly StackedLayer[],
  inputs: Tensor3D,
): { readonly preActivations: readonly Tensor3D[]; readonly outputs: Tensor3D } {
  const operations = elementwise(engine);
  let signals = inputs;
  const preActivations = layers.map((layer, index) => {
    const h = affine(engine, signals, layer);
    const activated = isActivated(spec, index, layers.length);
    signals = activated ? (spec.activation.tensorForm<Tensor>(h, operations) as Tensor3D) : h;
    return h;
  });
  return { preActivations, outputs: signals };
}

/** What the backward pass needs of one layer. */
interface Trace {
  readonly layer: StackedLayer;
  /** dW of dH */
  readonly weightGradient: (dH: Tensor) => Tensor;
  /** φ'(h), [networks, rows, fanOut] */
  readonly slope: Slope;
}

function forwardTraced(
  engine: Engine,
  spec: DenseNetworkSpec,
  layers: readonly StackedLayer[],
  inputs: InputTensors,
): { readonly traces: readonly Trace[]; readonly outputs: Tensor3D } {
  const { tf } = engine;
  const operations = dualOperations(engine);
  let signals = inputs.rows;
  const traces = layers.map((layer, index): Trace => {
    const rows = signals;
    const columns = index === 0 ? inputs.columns : undefined;
    const weightGradient = (dH: Tensor): Tensor =>
      columns === undefined ? productOfTransposed(engine, rows, dH) : tf.matMul(columns, dH);
    const { value, slope } = tf.tidy(() => {
      const h: Dual = { value: affine(engine, rows, layer), slope: 1 };
      const activated = isActivated(spec, index, layers.length);
      // A literal, since an interface is not among the containers that `tidy` returns.
      return { ...(activated ? spec.activation.tensorForm(h, operations) : h) };
    });
    signals = value as Tensor3D;
    return { layer, weightGradient, slope };
  });
  return { traces, outputs: signals };
}

/**
 * Gradients of the loss by every parameter, in the shapes of `layers`.
 *
 * Tensors are freed layer by layer: their memory is then handed out again while it is in the processor's
 * cache, 9 % of a step at batch 1000.
 *
 * @param differentiateLoss turns outputs [networks, rows, units] into the derivative of each network's loss by them
 */
export function gradients(
  engine: Engine,
  spec: DenseNetworkSpec,
  layers: readonly StackedLayer[],
  inputs: InputTensors,
  differentiateLoss: (outputs: Float32Array) => Float32Array,
): readonly StackedLayer[] {
  const { tf } = engine;
  const { traces, outputs } = forwardTraced(engine, spec, layers, inputs);
  const ones = tf.ones([1, 1, outputs.shape[1]]);
  const found: StackedLayer[] = [];
  let signalGradient: Tensor = tf.tensor3d(differentiateLoss(outputs.dataSync<'float32'>()), outputs.shape);
  for (const { layer, weightGradient, slope } of traces.toReversed()) {
    const received = signalGradient;
    signalGradient = tf.tidy(() => {
      const g = times(engine, received, slope);
      found.unshift({
        ...layer,
        weights: weightGradient(g).dataSync<'float32'>(),
        bias: tf.matMul(ones, g).dataSync<'float32'>(),
      });
      return layer === layers[0] ? received : productWithTransposed(engine, g, weightsOf(engine, layer));
    });
    tf.dispose([received, slope]);
  }
  return found;
}
