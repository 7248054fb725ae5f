/**
 * Training as TensorFlow.js does it by itself: a loss built from tensor operations, its automatic gradient, its
 * Adam.
 *
 * The core package comes without gradients; those that a dense network needs are registered here as the
 * package @tensorflow/tfjs defines them.
 */

import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';

type TensorFlow = typeof tfjs;
type Gradient = (dy: Tensor, saved: readonly Tensor[]) => Record<string, () => Tensor>;

function registerGradients(tf: TensorFlow): void {
  const gradients: readonly (readonly [string, readonly string[], Gradient])[] = [
    [
      'BatchMatMul',
      ['a', 'b'],
      (dy, [a, b]) => ({
        a: () => tf.matMul(dy, b!, false, true),
        b: () => tf.matMul(a!, dy, true, false),
      }),
    ],
    ['Add', ['a', 'b'], (dy, [, b]) => ({ a: () => dy, b: () => (b!.rank === 1 ? tf.sum(dy, 0) : dy) })],
    ['Sub', ['a', 'b'], (dy) => ({ a: () => dy, b: () => tf.neg(dy) })],
    ['Relu', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.cast(tf.step(x!), 'float32')) })],
    ['Square', ['x'], (dy, [x]) => ({ x: () => tf.mul(dy, tf.mul(tf.cast(x!, 'float32'), 2)) })],
    ['Mean', ['x'], (dy, [x]) => ({ x: () => tf.div(tf.mul(dy, tf.ones(x!.shape)), x!.size) })],
  ];
  for (const [kernelName, inputsToSave, gradient] of gradients) {
    tf.registerGradient({
      kernelName,
      inputsToSave: [...inputsToSave],
      gradFunc: (dy, saved) => gradient(dy as Tensor, saved),
    });
  }
}

/**
 * A function that does one Adam step of a ReLU network with a linear output, mean squared error, on the
 * engine that is current.
 *
 * @param weights of each layer, row-major [width, width]
 */
export function naiveTrainer(
  tf: TensorFlow,
  width: number,
  weights: readonly Float32Array[],
  inputs: Float32Array,
  targets: Float32Array,
): () => void {
  registerGradients(tf);
  const shape: [number, number] = [inputs.length / width, width];
  const x = tf.tensor2d(inputs, shape);
  const y = tf.tensor2d(targets, shape);
  const layers = weights.map((values) => ({
    weights: tf.variable<tfjs.Rank.R2>(tf.tensor2d(values, [width, width])),
    bias: tf.variable(tf.zeros([width])),
  }));
  const optimizer = tf.train.adam(1e-3);
  const predict = (): Tensor =>
    layers.reduce((signals: Tensor, layer, index) => {
      const h = tf.add(tf.matMul(signals as Tensor2D, layer.weights), layer.bias);
      return index < layers.length - 1 ? tf.relu(h) : h;
    }, x);
  return () => {
    optimizer.minimize(() => tf.mean(tf.square(tf.sub(predict(), y))));
  };
}
