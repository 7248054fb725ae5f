/** What to change in a network, from what was found. */

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
  const found = [
    ...(typeof pooled === 'string' ? phasesOneByOne(layers) : onPhase(pooled, prediction)),
    ...(typeof prediction === 'string' ? [] : onSignals(prediction)),
    ...onLaws(layers, pooled),
  ];
  return found.length > 0
    ? found
    : ['Nothing need be changed for the sake of signals and gradients at this depth.'];
}

const range = ({ errors: { value } }: Prediction): boolean =>
  value < 1 / GRADIENTS_KEPT || value > GRADIENTS_KEPT;

function onPhase(pooled: PooledLayers, prediction: Prediction | string): readonly string[] {
  const { phase, weightVariance, criticalWeightVariance: critical, activation, alike, xiC, chi1 } = pooled;
  const matters = typeof prediction === 'string' || range(prediction);
  const sentences: string[] = [];
  if (phase !== 'critical' && matters) {
    const vanish = phase === 'ordered' ? 'vanish' : 'explode';
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
  return (['ordered', 'chaotic'] as const).flatMap((phase) => {
    const names = layers.flatMap(({ layer, phase: found }) =>
      typeof found !== 'string' && found.phase === phase ? [layer.name] : [],
    );
    if (names.length === 0) return [];
    const change = phase === 'ordered' ? 'Enlarge' : 'Shrink';
    const who = names.length > 6 ? `${names.length} layers` : names.join(', ');
    return [`${change} the weights of ${who}, which are ${phase}, so that χ₁ comes to 1.`];
  });
}

function onSignals(prediction: Prediction): readonly string[] {
  const { layers } = prediction;
  const sentences: string[] = [];
  const inner = layers.slice(0, -1);
  const dead = inner.filter(({ deadFraction }) => (deadFraction ?? 0) > MOSTLY_DEAD);
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
