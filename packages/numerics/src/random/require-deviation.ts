/** The largest deviation with which arrays are filled. */

import { MeanfieldError, show, type FloatArray } from '@meanfield/core';

/**
 * So that no entry overflows: normals reach 13.7, and a sampler of correlated rows may add a mean amplified
 * up to 10⁸ times.
 */
const LARGEST_DEVIATION = { float32: 2 ** 90, float64: 2 ** 900 };

/** @throws MeanfieldError INVALID_ARGUMENT for a deviation that is negative, NaN or so large that entries may overflow */
export function requireDeviation(out: FloatArray, deviation: number): void {
  const largest = LARGEST_DEVIATION[out instanceof Float32Array ? 'float32' : 'float64'];
  if (deviation >= 0 && deviation <= largest) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `a deviation from 0 to ${largest}, so that every entry is finite`,
    found: show(deviation),
    remedy: 'choose a variance of at least 0, and a smaller one if it is that large',
  });
}
