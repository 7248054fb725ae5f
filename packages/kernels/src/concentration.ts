/** How far one coordinate dominates an input: what the limit theorem of `tsuchida2018` asks about. */

import { MeanfieldError } from '@meanfield/core';

/**
 * m^{1/4} max_i |x_i|/‖x‖ of an input with m entries: m^{−1/4} where all are equal in size, m^{1/4} where one is all there is.
 * With independent weights the arc-cosine kernels hold in the limit m → ∞ if this goes to 0 (`tsuchida2018` hypothesis 5,
 * thm. 6); its fourth power is what fig. 6 shows.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for an input without entries, of zeros only, or with an entry that is not finite
 */
export function coordinateConcentration(input: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < input.length; i++) {
    const size = Math.abs(input[i]!);
    if (!(size < Infinity)) throw refuse(`${String(input[i])} as entry ${i + 1}`);
    largest = Math.max(largest, size);
  }
  if (largest === 0) throw refuse(input.length === 0 ? 'none' : 'zeros only');
  let sum = 0;
  // Relative to the largest, so that no square overflows
  for (const value of Array.from(input)) sum += (value / largest) ** 2;
  return input.length ** 0.25 / Math.sqrt(sum);
}

const refuse = (found: string): MeanfieldError =>
  new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'an input with finite entries, not all 0',
    found,
    remedy: 'leave it out',
  });
