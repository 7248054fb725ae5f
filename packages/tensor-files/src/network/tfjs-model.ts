/**
 * A network as a tfjs-layers model: `model.json`, the topology of a Sequential of Dense layers, and
 * `weights.bin`, kernels and biases in float32.
 *
 * The model's output is that of the network: logits, not probabilities, where it classifies.
 * https://www.tensorflow.org/js/guide/save_load
 */

import { MeanfieldError } from '@meanfield/core';

import { bytesOf } from '../tensor.js';
import { requireSizes, type DenseNetwork } from './network.js';
import { tfjsActivationName } from './tfjs-activation.js';

/** Files of one folder, by name. */
export interface TfjsModelFiles {
  readonly 'model.json': Uint8Array;
  readonly 'weights.bin': Uint8Array;
}

/** The version whose format is written. */
const KERAS_VERSION = 'tfjs-layers 4.22.0';

const layerName = (index: number): string => `layer_${index + 1}`;

/** Float64 parameters are rounded. */
function toFloat32(name: string, values: ArrayLike<number>): Float32Array {
  const rounded = Float32Array.from(values);
  const stray = rounded.findIndex((value) => !Number.isFinite(value));
  if (stray === -1) return rounded;
  throw new MeanfieldError({
    code: 'UNSUPPORTED',
    expected: `values of ${name} that float32 holds`,
    found: `${values[stray]} at index ${stray}`,
    remedy: 'write the network as safetensors or npz instead',
  });
}

function topology(network: DenseNetwork): object {
  const { parameters, activation, activateOutput = false } = network;
  const activationName = tfjsActivationName(activation);
  const layers = parameters.map(({ fanIn, fanOut }, index) => ({
    class_name: 'Dense',
    config: {
      name: layerName(index),
      trainable: true,
      ...(index === 0 ? { batch_input_shape: [null, fanIn], dtype: 'float32' } : {}),
      units: fanOut,
      activation: activateOutput || index < parameters.length - 1 ? activationName : 'linear',
      use_bias: true,
      // Drawn before the weights are loaded over them: zeros cost nothing.
      kernel_initializer: { class_name: 'Zeros', config: {} },
      bias_initializer: { class_name: 'Zeros', config: {} },
    },
  }));
  return {
    class_name: 'Sequential',
    config: { name: 'meanfield', layers },
    keras_version: KERAS_VERSION,
    backend: 'tensor_flow.js',
  };
}

/**
 * The two files that `tf.loadLayersModel` takes, of any optimiser's state free.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a network that does not fit together, UNSUPPORTED for an activation that
 *   tfjs-layers lacks and values beyond float32
 */
export function writeTfjsModel(network: DenseNetwork): TfjsModelFiles {
  requireSizes(network);
  const weights = network.parameters.flatMap(({ fanIn, fanOut, weights: kernel, bias }, index) => [
    { name: `${layerName(index)}/kernel`, shape: [fanIn, fanOut], values: kernel },
    { name: `${layerName(index)}/bias`, shape: [fanOut], values: bias },
  ]);
  const model = {
    format: 'layers-model',
    generatedBy: 'meanfield',
    convertedBy: null,
    modelTopology: topology(network),
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
  };
  const parts = weights.map(({ name, values }) => bytesOf(toFloat32(name, values)));
  const bin = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    bin.set(part, position);
    position += part.length;
  }
  return { 'model.json': new TextEncoder().encode(`${JSON.stringify(model)}\n`), 'weights.bin': bin };
}
