/**
 * Products with the derivative of a network: Jacobian times vectors (forwards) and its transpose times vectors (backwards).
 *
 * K vectors a point go together, in columns: column m·K + k of a batch [units, M·K] is vector k at point m. Forwards and
 * backwards are each other's transpose to rounding: |⟨u, J v⟩ − ⟨Jᵀ u, v⟩| below
 * 1e-14 (|u| |J v| + |v| |Jᵀ u|) in the tests.
 */

import { addSignals } from '../elementwise.js';
import { denseBackward, denseForward } from './dense-products.js';
import type { Linearisation, LinearActivation, LinearLayerNorm } from './linearise.js';

/** @param tangents [units, M·K], to be read before the next step: they are overwritten */
export type OnPlace = (place: number, tangents: Float64Array, units: number) => void;

/** @param gradient [units, M·K], to be read before the next step: it is overwritten */
export type OnDense = (layer: number, gradient: Float64Array, units: number) => void;

/**
 * J v at every observed place, in the order of places.
 *
 * @param vectors v, [inputSize, M·K]
 */
export function pushForward(
  { steps, points }: Linearisation,
  vectors: Float64Array,
  count: number,
  onPlace: OnPlace,
): void {
  const columns = points * count;
  const kept: Float64Array[] = [];
  let tangents: Float64Array = vectors.slice();
  for (const step of steps) {
    if (step.kind === 'observe') onPlace(step.place, tangents, step.units);
    else if (step.kind === 'keep') kept.push(tangents.slice());
    else if (step.kind === 'add') addSignals(tangents, kept.pop()!);
    else if (step.kind === 'dense') tangents = denseForward(step, tangents, columns);
    else applyDerivative(step, tangents, points, count);
  }
}

/**
 * Jᵀ u for the Jacobian of one observed place's signals with respect to the input, [inputSize, M·K].
 *
 * @param covectors u, [units of the place, M·K]
 * @param onDense called with the gradient at the outputs (pre-activations) of every dense layer on the way, last first
 */
export function pullBack(
  { steps, points }: Linearisation,
  place: number,
  covectors: Float64Array,
  count: number,
  onDense?: OnDense,
): Float64Array {
  const columns = points * count;
  const kept: Float64Array[] = [];
  let gradient: Float64Array = covectors.slice();
  const from = steps.findIndex((step) => step.kind === 'observe' && step.place === place);
  for (let index = from; index >= 0; index--) {
    const step = steps[index]!;
    if (step.kind === 'observe') continue;
    if (step.kind === 'add') kept.push(gradient.slice());
    else if (step.kind === 'keep') {
      // Nothing is kept where the place lies within the branch: the way around it does not lead there.
      const around = kept.pop();
      if (around !== undefined) addSignals(gradient, around);
    } else if (step.kind === 'dense') {
      onDense?.(step.layer, gradient, step.fanOut);
      gradient = denseBackward(step, gradient, columns);
    } else applyDerivative(step, gradient, points, count);
  }
  return gradient;
}

/** Multiplies a batch by the derivative of a step whose derivative is symmetric, in place. */
function applyDerivative(
  step: LinearActivation | LinearLayerNorm,
  batch: Float64Array,
  points: number,
  count: number,
): void {
  if (step.kind === 'layerNorm') {
    projectAndScale(step, batch, points, count);
    return;
  }
  const { slopes } = step;
  for (let entry = 0, index = 0; entry < slopes.length; entry++) {
    const slope = slopes[entry]!;
    for (let k = 0; k < count; k++) batch[index++]! *= slope;
  }
}

/** dh ↦ (dh − h' (h'·dh)/N)/r */
function projectAndScale(
  { normalised, inverses, units }: LinearLayerNorm,
  batch: Float64Array,
  points: number,
  count: number,
): void {
  const columns = points * count;
  const shares = new Float64Array(columns);
  for (let index = 0; index < batch.length; index++) {
    shares[index % columns]! += (normalised[Math.floor(index / count)]! * batch[index]!) / units;
  }
  for (let index = 0; index < batch.length; index++) {
    const column = index % columns;
    const along = normalised[Math.floor(index / count)]! * shares[column]!;
    batch[index] = (batch[index]! - along) * inverses[Math.floor(column / count)]!;
  }
}
