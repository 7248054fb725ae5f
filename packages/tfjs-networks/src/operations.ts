/**
 * Elementwise operations on tensors, in float32: the engine's own, and others for engines where those fall short.
 *
 * Two kernels of the wasm engine do. `tanh` takes 2.8 ms for 100,000 numbers; −e/(2 + e) with e = elu(−2|x|) =
 * exp(−2|x|) − 1 takes 0.5 ms and is as accurate: measured relative error 1.6e-7 on [1e-6, 1e7], both signs.
 * `log1p` is computed there as log(1 + x), 1.3e-2 off at 5e-6; with u = 1 + x rounded, x log(u)/(u − 1) is not.
 * Measured relative errors of the others on the wasm engine: exp 6e-8, sigmoid 2.3e-7; `erf` of the cpu engine
 * has an absolute error of 1.5e-7.
 */

import type { TensorOps } from '@meanfield/core';
import type { Tensor } from '@tensorflow/tfjs-core';

import type { Engine, TensorFlow } from './engine.js';

/** Steep enough for x·STEEP to be at least 1 for every normal float32 x > 0. */
const STEEP = 3e38;

/** tanh from the engine's exponential */
export function tanhByElu(tf: TensorFlow, x: Tensor): Tensor {
  const e = tf.elu(tf.mul(tf.abs(x), -2));
  // The kernel for signs takes 0.7 ms, this 0.1 ms.
  const minusSign = tf.clipByValue(tf.mul(x, -STEEP), -1, 1);
  return tf.mul(minusSign, tf.div(e, tf.add(e, 2)));
}

/** log(1 + x) from the engine's logarithm */
export function log1pByLog(tf: TensorFlow, x: Tensor): Tensor {
  const u = tf.add(x, 1);
  const rounded = tf.sub(u, 1);
  // 1 where u = 1, and log1p(x) = x to the last digit: the quotient is then x·(0 + 1)/(0 + 1).
  const vanished = tf.sub(1, tf.step(tf.abs(rounded)));
  return tf.mul(x, tf.div(tf.add(tf.log(u), vanished), tf.add(rounded, vanished)));
}

export function elementwise({ tf, dialect }: Engine): TensorOps<Tensor> {
  return {
    add: (x, y) => tf.add(x, y),
    multiply: (x, y) => tf.mul(x, y),
    scale: (x, a) => tf.mul(x, a),
    shift: (x, a) => tf.add(x, a),
    relu: (x) => tf.relu(x),
    tanh: (x) => tf.tanh(x),
    sigmoid: (x) => tf.sigmoid(x),
    exp: (x) => tf.exp(x),
    log1p: (x) => tf.log1p(x),
    abs: (x) => tf.abs(x),
    sin: (x) => tf.sin(x),
    erf: (x) => tf.erf(x),
    clip: (x, low, high) => tf.clipByValue(x, low, high),
    ...dialect.replaced,
  };
}
