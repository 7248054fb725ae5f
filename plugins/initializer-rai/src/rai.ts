/**
 * Randomised asymmetric initialisation. The bias is one more weight on a constant input 1: a neuron's N+1
 * entries are independent N(0, σ_w²/N), N = fan-in; then one of them, chosen uniformly, is replaced by
 * u ~ Beta(a, b). `lu2020`; `singh2021` §3.3: σ_w² = 0.36 and Beta(2, 1), density 2u on [0, 1].
 */

import type { Initializer, ReplacedEntryRows } from '@meanfield/core';
import { sampleReplacedEntryPreActivations, sampleReplacedEntryRows } from '@meanfield/numerics';

/** @param weightVariance σ_w², already multiplied by fan-in */
export function asymmetricInitializer(
  weightVariance: number,
  replacement: ReplacedEntryRows['replacement'],
  biasEntry: boolean,
): Initializer {
  const law: ReplacedEntryRows = {
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength: 0,
    replacement,
    biasEntry,
  };
  return {
    name: 'rai',
    statistics: () => law,
    sample: (layer, stream) => sampleReplacedEntryRows(layer, law, stream),
    samplePreActivations: (batch, stream) => sampleReplacedEntryPreActivations(batch, law, stream),
  };
}
