/** Uniform in the open interval (0, 1), an odd multiple of 2⁻⁵³: its logarithm is finite, and it is never ½. */

import type { RandomStream } from '@meanfield/core';

export function openUniform(bits: Pick<RandomStream, 'uint32'>): number {
  const high = bits.uint32() >>> 6;
  return (high * 0x8000000 + ((bits.uint32() >>> 5) | 1)) * 2 ** -53;
}
