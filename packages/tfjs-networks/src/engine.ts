/**
 * One of the engines of TensorFlow.js, for the time of a call.
 *
 * TensorFlow.js keeps one global state: registered engines, the current one, live tensors. Whoever uses a
 * backend may use TensorFlow.js too, so every entry sets the engine that it needs and puts back the one that
 * it found.
 */

import type { TensorOps } from '@meanfield/core';
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';

export type TensorFlow = typeof tfjs;

/** What differs from engine to engine in how it is best used; what is computed is the same. */
export interface Dialect {
  /** Networks whose products are made as one batched product; 1: one network after another */
  readonly networksTogether: number;
  /** Whether products take a transposed operand as fast as any other; it is transposed beforehand where not */
  readonly transposesInProducts: boolean;
  /** Elementwise operations where the engine's own are slow or inaccurate */
  readonly replaced: Partial<TensorOps<Tensor>>;
  /** 1 where x > 0, 0 where x = 0, for x ≥ 0 */
  readonly step: (x: Tensor) => Tensor;
  /** y where x > 0, 0 where x = 0, for x ≥ 0; y times `step` by default */
  readonly gate?: (y: Tensor, x: Tensor) => Tensor;
}

export interface Engine {
  /** Of backend and engine, such as "tfjs wasm": other engines give other bits */
  readonly name: string;
  readonly tf: TensorFlow;
  /** npm name to version */
  readonly versions: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  /** Runs synchronous work on this engine and frees every tensor that it made. */
  readonly run: <T>(work: () => T) => T;
}

/** `getBackend` is typed as a string, but there is none before the first use. */
export const currentEngine = (tf: TensorFlow): string | undefined => tf.getBackend();

/** `name` is that of an engine of TensorFlow.js that has been initialised. */
export function runOn<T>(tf: TensorFlow, name: string, work: () => T): T {
  const previous = currentEngine(tf);
  // An engine that has been initialised is set synchronously; the promise only repeats that it was.
  if (previous !== name) void tf.setBackend(name);
  try {
    let result: { readonly value: T } | undefined;
    tf.tidy(() => {
      result = { value: work() };
    });
    return (result as unknown as { readonly value: T }).value;
  } finally {
    if (previous && previous !== name) void tf.setBackend(previous);
  }
}
