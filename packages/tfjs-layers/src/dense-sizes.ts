/** A kernel of tfjs-layers, [..., in, out], as the weights of a dense layer. */

import { MeanfieldError, show } from '@meanfield/core';

export interface DenseSizes {
  /** Product of all sizes but the last: in, or kh·kw·in of a convolution */
  readonly fanIn: number;
  readonly fanOut: number;
  /** The shape itself, all of it known */
  readonly sizes: number[];
}

const isSize = (size: number | null): size is number =>
  size !== null && Number.isSafeInteger(size) && size > 0;

/** @throws MeanfieldError INVALID_ARGUMENT unless there are at least two sizes, all of them known and above 0 */
export function denseSizes(shape: readonly (number | null)[]): DenseSizes {
  const sizes = shape.filter(isSize);
  const [fanOut, ...inputs] = sizes.toReversed();
  if (fanOut === undefined || inputs.length === 0 || sizes.length !== shape.length) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'the shape of a kernel, [in, out] or [kh, kw, in, out], all sizes above 0',
      found: show(shape),
      remedy: 'use it for kernels of dense and convolution layers',
    });
  }
  return { fanIn: inputs.reduce((product, size) => product * size, 1), fanOut, sizes };
}
