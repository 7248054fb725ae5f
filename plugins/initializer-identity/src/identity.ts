/**
 * A near-linear start: W = a·I + noise, W_ij = a δ_ij + N(0, σ_w²/N), N = fan-in; a rectangle has a on the diagonal that
 * starts in its first entry; biases N(0, σ_b²). Gradient descent of deep linear networks from W = I: `yarotsky`.
 */

import type { EmpiricalOnly, Initializer, LayerBatch } from '@meanfield/core';
import { requireDenseLayer, sampleGaussianPreActivations } from '@meanfield/numerics';

export interface IdentityLaw {
  /** a, of the identity */
  readonly scale: number;
  /** σ_w² of the noise, already multiplied by fan-in */
  readonly weightVariance: number;
  /** σ_b² */
  readonly biasVariance: number;
}

const STATISTICS: EmpiricalOnly = {
  law: 'empirical',
  reason: 'a unit keeps its own input from layer to layer, so that units are not exchangeable',
};

export function identityInitializer({ scale, weightVariance, biasVariance }: IdentityLaw): Initializer {
  return {
    name: 'identity',
    statistics: () => STATISTICS,
    sample(layer, stream) {
      requireDenseLayer(layer);
      const { fanIn, fanOut, weights, bias } = layer;
      // Without noise 0 and not −0
      if (weightVariance === 0) weights.fill(0);
      else stream.child('weights').fillNormal(weights, Math.sqrt(weightVariance / fanIn));
      for (let unit = 0; unit < Math.min(fanIn, fanOut); unit++) weights[unit * (fanOut + 1)]! += scale;
      stream.child('bias').fillNormal(bias, Math.sqrt(biasVariance));
    },
    samplePreActivations(batch: LayerBatch, stream) {
      const { fanIn, fanOut, inputs, signals, preActivations } = batch;
      const kept = signals.slice(0, Math.min(fanIn, fanOut) * inputs);
      sampleGaussianPreActivations(batch, { weightVariance, biasVariance, correlationStrength: 0 }, stream);
      for (let at = 0; at < kept.length; at++) preActivations[at]! += scale * kept[at]!;
    },
  };
}
