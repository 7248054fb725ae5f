/** Dense networks as they are found: weights measured layer by layer, and what theory says of them. */

import type { Activation, MeanFieldModel, WeightStatistics } from '@meanfield/core';

import { adviceOn } from './advice.js';
import { measureLayer, type LayerWeights, type MeasuredLayer } from './measure/layer-law.js';
import { layerPhase, type LayerPhase } from './layer-phase.js';
import { pooledLayers, type PooledLayers } from './pooled-layers.js';
import { predict, type Prediction } from './prediction.js';

export interface AuditLayer extends LayerWeights {
  readonly name: string;
  /** φ of its pre-activations; or, as the end of a sentence, why there is none that theory could be asked about */
  readonly activation: Activation | string;
  /** Why its inputs are other than the activations of the layer before; null where they are those, and for the first layer */
  readonly detached: string | null;
}

export interface AuditQuestion {
  /** In the order in which signals pass them, at least one */
  readonly layers: readonly AuditLayer[];
  /** The model that describes a law. Throws UNSUPPORTED where there is none. */
  modelOf(statistics: WeightStatistics, activation: Activation): MeanFieldModel;
  /** Mean square of an input's entries; default 1 */
  readonly inputMeanSquare?: number;
}

export interface LayerAudit {
  readonly layer: AuditLayer;
  readonly measured: MeasuredLayer;
  /** Of a deep network of layers such as this one with its own activation; or why there is none */
  readonly phase: LayerPhase | string;
}

export interface Audit {
  readonly layers: readonly LayerAudit[];
  /** Hidden layers that feed hidden layers, taken together; or why they cannot be */
  readonly pooled: PooledLayers | string;
  /** Signals and gradients by layer, of a random network with these laws; or why there are none */
  readonly prediction: Prediction | string;
  /** What to change, one sentence each; one that says so where nothing need be changed */
  readonly advice: readonly string[];
}

/**
 * Measures the weights of every layer and asks theory about the laws that they allow. Theory is of random weights: of a network
 * at its start it says what training will meet, of a trained one what a random network with the same moments would do.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for layers whose arrays do not fit their sizes, or are not finite
 */
export function auditNetwork(question: AuditQuestion): Audit {
  const last = question.layers.length - 1;
  const layers = question.layers.map((layer, index): LayerAudit => {
    const measured = measureLayer(layer);
    return { layer, measured, phase: layerPhase(layer, measured, question, index === last) };
  });
  const pooled = pooledLayers(layers, question);
  const prediction = predict(layers, pooled, question);
  return { layers, pooled, prediction, advice: adviceOn(layers, pooled, prediction) };
}
