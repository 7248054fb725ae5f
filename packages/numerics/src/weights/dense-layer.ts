/** The edge at which a sampler takes the arrays of its caller. */

import { MeanfieldError, show, type DenseLayer, type FloatArray } from '@meanfield/core';

export type WeightMatrix = Pick<DenseLayer, 'fanIn' | 'fanOut' | 'weights'>;

function requireSize(name: string, size: number): void {
  if (Number.isSafeInteger(size) && size >= 1) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a ${name} that is an integer of at least 1`,
    found: show(size),
    remedy: 'choose the size of a layer with at least one neuron on either side',
  });
}

function requireLength(name: string, array: FloatArray, length: number): void {
  if (array.length === length) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `an array of ${length} ${name}`,
    found: `${array.length} entries`,
    remedy: 'pass weights of fanIn × fanOut entries and a bias of fanOut',
  });
}

/** @throws MeanfieldError INVALID_ARGUMENT when a size or the array's length is wrong */
export function requireWeightMatrix({ fanIn, fanOut, weights }: WeightMatrix): void {
  requireSize('fan-in', fanIn);
  requireSize('fan-out', fanOut);
  requireLength('weights', weights, fanIn * fanOut);
}

/** @throws MeanfieldError INVALID_ARGUMENT when a size or an array's length is wrong */
export function requireDenseLayer(layer: DenseLayer): void {
  requireWeightMatrix(layer);
  requireLength('biases', layer.bias, layer.fanOut);
}
