/**
 * Randomised asymmetric anti-correlated initialisation. The bias is one more weight on a constant input 1: a
 * neuron's N+1 entries are N(0, (σ_w²/N)(I − κJ/(N+1))), κ = k/(1+k), N = fan-in; then one of them, chosen
 * uniformly, is replaced by u ~ Beta(a, b). `singh2021` §3.3: (σ_w², k) = (0.9, 100) and Beta(2, 1), density 2u on [0, 1].
 */

import type { Initializer, ReplacedEntryRows } from '@meanfield/core';
import { sampleReplacedEntryPreActivations, sampleReplacedEntryRows } from '@meanfield/numerics';

/**
 * @param weightVariance σ_w², already multiplied by fan-in
 * @param correlationStrength k > −1; k > 0 is anti-correlated, 0 is RAI
 */
export function asymmetricAntiCorrelatedInitializer(
  weightVariance: number,
  correlationStrength: number,
  replacement: ReplacedEntryRows['replacement'],
  biasEntry: boolean,
): Initializer {
  const law: ReplacedEntryRows = {
    law: 'replaced-entry-rows',
    weightVariance,
    correlationStrength,
    replacement,
    biasEntry,
  };
  return {
    name: 'raai',
    statistics: () => law,
    sample: (layer, stream) => sampleReplacedEntryRows(layer, law, stream),
    samplePreActivations: (batch, stream) => sampleReplacedEntryPreActivations(batch, law, stream),
  };
}
