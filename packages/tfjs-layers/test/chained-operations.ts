/**
 * Methods of tensors that tfjs-layers' orthogonal initializer calls. The package `@tensorflow/tfjs` adds them; its parts, of
 * which these tests use three, do not.
 */

import * as tf from '@tensorflow/tfjs-core';

Object.assign(tf.Tensor.prototype, {
  flatten(this: tf.Tensor) {
    return tf.reshape(this, [this.size]);
  },
  reshape(this: tf.Tensor, shape: number[]) {
    return tf.reshape(this, shape);
  },
  sign(this: tf.Tensor) {
    return tf.sign(this);
  },
  transpose(this: tf.Tensor) {
    return tf.transpose(this);
  },
  stridedSlice(this: tf.Tensor, begin: number[], end: number[], strides: number[]) {
    return tf.stridedSlice(this, begin, end, strides);
  },
});
