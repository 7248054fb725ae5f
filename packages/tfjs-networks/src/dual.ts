/**
 * φ and φ' in one pass: forward-mode differentiation by dual numbers.
 *
 * φ acts on each number alone, so carrying (value, slope) through its tensor form gives φ(h) and φ'(h)
 * together; the backward pass then only multiplies by the slope. The automatic gradient of TensorFlow.js
 * would compute φ twice and fails for some operations on these engines. At kinks: relu'(0) = abs'(0) = 0,
 * and 0 at both ends of clip.
 */

import type { TensorOps } from '@meanfield/core';
import type { Tensor } from '@tensorflow/tfjs-core';

import type { Engine } from './engine.js';
import { elementwise } from './operations.js';

/** 1 where a signal is above 0, 0 where it is 0: the derivative of a ReLU, told by what leaves it */
type Gate = Readonly<Record<'above', Tensor>>;

/** A derivative by the pre-activation; a plain number where it is the same everywhere. */
export type Slope = Tensor | number | Gate;

export interface Dual {
  readonly value: Tensor;
  readonly slope: Slope;
}

const isGate = (slope: Slope): slope is Gate => typeof slope !== 'number' && 'above' in slope;

/** x·slope without an operation where the slope is 1. */
export function times({ tf, dialect }: Engine, x: Tensor, slope: Slope): Tensor {
  if (isGate(slope)) return dialect.gate?.(x, slope.above) ?? tf.mul(x, dialect.step(slope.above));
  return slope === 1 ? x : tf.mul(x, slope);
}

export function dualOperations(engine: Engine): TensorOps<Dual> {
  const { tf, dialect } = engine;
  const plain = elementwise(engine);
  const numbers = (slope: Slope): Tensor | number => (isGate(slope) ? dialect.step(slope.above) : slope);
  const sum = (a: Slope, b: Slope): Slope =>
    typeof a === 'number' && typeof b === 'number' ? a + b : tf.add(numbers(a), numbers(b));
  const chain = (value: Tensor, derivative: Tensor, x: Dual): Dual => ({
    value,
    slope: times(engine, derivative, x.slope),
  });
  return {
    add: (x, y) => ({ value: plain.add(x.value, y.value), slope: sum(x.slope, y.slope) }),
    multiply: (x, y) => ({
      value: plain.multiply(x.value, y.value),
      slope: sum(times(engine, y.value, x.slope), times(engine, x.value, y.slope)),
    }),
    scale: (x, a) => ({
      value: plain.scale(x.value, a),
      slope: typeof x.slope === 'number' ? x.slope * a : tf.mul(numbers(x.slope), a),
    }),
    shift: (x, a) => ({ value: plain.shift(x.value, a), slope: x.slope }),
    relu(x) {
      const value = plain.relu(x.value);
      return x.slope === 1 ? { value, slope: { above: value } } : chain(value, dialect.step(value), x);
    },
    tanh(x) {
      const value = plain.tanh(x.value);
      return chain(value, tf.sub(1, tf.square(value)), x);
    },
    sigmoid(x) {
      const value = plain.sigmoid(x.value);
      return chain(value, tf.mul(value, tf.sub(1, value)), x);
    },
    exp(x) {
      const value = plain.exp(x.value);
      return chain(value, value, x);
    },
    log1p: (x) => chain(plain.log1p(x.value), tf.div(1, tf.add(x.value, 1)), x),
    abs: (x) => chain(plain.abs(x.value), tf.sign(x.value), x),
    sin: (x) => chain(plain.sin(x.value), tf.cos(x.value), x),
    erf(x) {
      const density = tf.mul(tf.exp(tf.neg(tf.square(x.value))), 2 / Math.sqrt(Math.PI));
      return chain(plain.erf(x.value), density, x);
    },
    clip(x, low, high) {
      const above = dialect.step(tf.relu(tf.sub(x.value, low)));
      const inside = tf.mul(above, dialect.step(tf.relu(tf.sub(high, x.value))));
      return chain(plain.clip(x.value, low, high), inside, x);
    },
  };
}
