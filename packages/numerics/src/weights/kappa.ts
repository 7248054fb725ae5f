/** From correlation strength to κ. `singh2021` §3.1. */

import { MeanfieldError, show } from '@meanfield/core';

/**
 * κ = k/(1+k), the strength of the correlation of a neuron's incoming weights: covariance ∝ I − κJ/N.
 *
 * @param correlationStrength k, finite and above −1; k > 0 is anti-correlated
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function kappaOf(correlationStrength: number): number {
  if (!(Number.isFinite(correlationStrength) && correlationStrength > -1)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'a finite correlation strength k above −1',
      found: show(correlationStrength),
      remedy: 'choose k above −1, as 100 for ACI or 0 for independent weights',
    });
  }
  return correlationStrength / (1 + correlationStrength);
}
