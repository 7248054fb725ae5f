/** What to change in a network, from what was found. */

import type { Activation } from '@meanfield/core';

import type { LayerAudit } from './audit.js';
import type { PooledLayers } from './pooled-layers.js';
import type { Prediction } from './prediction.js';

/** Factors between first and last layer's gradients that training takes well */
const GRADIENTS_KEPT = 10;
/** Correlation of orthogonal inputs from which on a network hardly tells inputs apart */
const ALIKE = 0.99;
/** Share of units at or below 0 from which on most of a layer is dead */
const MOSTLY_DEAD = 0.6;

const digits = (value: number): string => String(Number(value.toPrecision(3)));

export function adviceOn(
  layers: readonly LayerAudit[],
  pooled: PooledLayers | string,
  prediction: Prediction | string,
): readonly string[] {
  const still = constantLayers(layers);
  if (still.length > 0) return still;
  const found = [
    ...(typeof pooled === 'string' ? phasesOneByOne(layers) : onPhase(pooled, prediction)),
    ...(typeof prediction === 'string' ? [] : onSignals(prediction, layers)),
    ...onLaws(layers, pooled),
  ];
  return found.length > 0
    ? found
    : ['Nothing need be changed for the sake of signals and gradients at this depth.'];
}

/** Nothing else matters where a layer's units all compute the same. */
function constantLayers(layers: readonly LayerAudit[]): readonly string[] {
  const names = layers.flatMap(({ layer, measured }) =>
    measured.weightVariance.value === 0 ? [layer.name] : [],
  );
  if (names.length === 0) return [];
  const who = names.length > 6 ? `${names.length} layers` : names.join(', ');
  return [`Draw the weights of ${who} at random: those of a unit do not vary.`];
}

const isFar = ({ errors: { value } }: Prediction): boolean =>
  value < 1 / GRADIENTS_KEPT || value > GRADIENTS_KEPT;

function onPhase(pooled: PooledLayers, prediction: Prediction | string): readonly string[] {
  const { phase, weightVariance, criticalWeightVariance: critical, activation, alike, xiC, chi1 } = pooled;
  const matters = typeof prediction === 'string' || isFar(prediction);
  const sentences: string[] = [];
  if (phase !== 'critical' && matters) {
    const vanish = chi1.value < 1 ? 'vanish' : 'explode';
    const depth = xiC !== null && Number.isFinite(xiC.value) ? ` over ${digits(xiC.value)} layers` : '';
    sentences.push(
      critical === null
        ? `Hidden layers are ${phase} for ${activation.name} (χ₁ = ${digits(chi1.value)}), where gradients ${vanish} with depth, and no σ_w² makes them critical: choose another activation or initializer.`
        : `Multiply the hidden kernels by ${digits(Math.sqrt(critical / weightVariance.value))}, from σ_w² = ${digits(weightVariance.value)} to the critical ${digits(critical)} of ${activation.name}: they are ${phase} (χ₁ = ${digits(chi1.value)})${depth}, and gradients ${vanish} with depth.`,
    );
  }
  if (!alike) sentences.push('Initialise the hidden layers alike: their σ_w² differ by more than chance.');
  return sentences;
}

/** Where hidden layers cannot be taken together. */
function phasesOneByOne(layers: readonly LayerAudit[]): readonly string[] {
  return ([true, false] as const).flatMap((below) => {
    const names = layers.flatMap(({ layer, phase }) =>
      typeof phase !== 'string' && phase.phase !== 'critical' && phase.chi1.value < 1 === below
        ? [layer.name]
        : [],
    );
    if (names.length === 0) return [];
    const who = names.length > 6 ? `${names.length} layers` : names.join(', ');
    return [
      `${below ? 'Enlarge' : 'Shrink'} the weights of ${who}, whose χ₁ is ${below ? 'below' : 'above'} 1, until it is 1.`,
    ];
  });
}

/** Whether units at or below 0 hand on nothing that depends on their inputs, as those of ReLU */
const isFlat = (activation: Activation | string): boolean =>
  typeof activation !== 'string' && [-0.1, -1, -10].every((x) => activation.derivative(x) === 0);

function onSignals(prediction: Prediction, audited: readonly LayerAudit[]): readonly string[] {
  const { layers } = prediction;
  const sentences: string[] = [];
  const inner = layers.slice(0, -1);
  const dead = inner.filter(
    ({ deadFraction }, l) => (deadFraction ?? 0) > MOSTLY_DEAD && isFlat(audited[l]!.layer.activation),
  );
  if (dead.length > 0) {
    sentences.push(
      `Raise the means of pre-activations (biases, or RAAI): up to ${digits(100 * Math.max(...dead.map((each) => each.deadFraction ?? 0)))} % of units are at or below 0.`,
    );
  }
  const last = inner.at(-1)?.correlation ?? 0;
  if (last > ALIKE) {
    sentences.push(
      `Use fewer layers, residual branches or an activation nearer to linear: orthogonal inputs reach the last hidden layer with correlation ${last.toPrecision(5)}.`,
    );
  }
  return sentences;
}

/** Neurons that say too little of a law with one entry replaced, so that those of the other layers speak for it */
const FEW_NEURONS = 16;

/** Layers whose numbers are less sure than their errors say. */
function onLaws(layers: readonly LayerAudit[], pooled: PooledLayers | string): readonly string[] {
  const replaced = typeof pooled !== 'string' && pooled.statistics.law === 'replaced-entry-rows';
  const odd = layers.filter(
    ({ measured, layer }) => measured.describes !== 'law' && !(replaced && layer.fanOut < FEW_NEURONS),
  );
  if (odd.length === 0) return [];
  const names =
    odd.length > 4
      ? `${odd.length} of ${layers.length} layers`
      : odd.map(({ layer }) => layer.name).join(', ');
  return [
    `Take numbers of ${names} with care: the weights are no samples of a law that theory describes, as after training.`,
  ];
}
