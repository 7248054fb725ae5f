/** An initializer of tfjs-layers that draws from our streams, as far as its config allows it. */

import { MeanfieldError, type DenseLayer, type FloatArray, type RandomStream } from '@meanfield/core';
import { requireDenseLayer } from '@meanfield/numerics';
import { serialization, tidy } from '@tensorflow/tfjs-core';

import { TfjsInitializerBase, type TfjsInitializer } from '../base-class.js';

/** Seeds from 1: tfjs takes 0 for no seed. */
const SEEDS = 2 ** 32 - 1;

/**
 * The same initializer at a seed of the stream: every random one of tfjs-layers has `seed` in its config. One without (zeros,
 * identity, a class that keeps its own randomness) is itself.
 */
function seeded(initializer: TfjsInitializer, stream: RandomStream): TfjsInitializer {
  const config = initializer.getConfig();
  const known = serialization.SerializationMap.getMap().classNameMap[initializer.getClassName()];
  if (!('seed' in config) || known === undefined) return initializer;
  const [constructor, fromConfig] = known;
  const made = fromConfig(constructor, { ...config, seed: 1 + stream.integer(SEEDS) });
  return made instanceof TfjsInitializerBase ? made : initializer;
}

/** Overwrites `out` with what the initializer gives for a shape of as many entries. */
function fill(initializer: TfjsInitializer, shape: number[], out: FloatArray, stream: RandomStream): void {
  out.set(tidy(() => seeded(initializer, stream).apply(shape, 'float32').dataSync()));
  if (out.every(Number.isFinite)) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `finite numbers from ${initializer.getClassName()} at shape [${shape.join(', ')}]`,
    found: 'some that are not',
    remedy: 'choose an initializer whose values are finite',
  });
}

/**
 * `sample` of the contract: weights of the kernel's initializer, biases of the other or 0. Its randomness is tfjs' own
 * generator, seeded by `stream`.
 */
export function sampleTfjs(
  kernel: TfjsInitializer,
  bias: TfjsInitializer | undefined,
  layer: DenseLayer,
  stream: RandomStream,
): void {
  requireDenseLayer(layer);
  fill(kernel, [layer.fanIn, layer.fanOut], layer.weights, stream.child('weights'));
  if (bias === undefined) layer.bias.fill(0);
  else fill(bias, [layer.fanOut], layer.bias, stream.child('bias'));
}
