/** Steps that change signals where they stand. */

import type { Activation } from '@meanfield/core';

import { lengthsOf, momentsOf, type Batch } from './batch.js';

/** s = φ(h). A homogeneous φ is two slopes, which takes no call per signal: a call costs several times as much. */
export function applyActivation(activation: Activation, values: Float64Array): void {
  if (activation.homogeneous) applySlopes(values, activation.phi(1), -activation.phi(-1));
  else applyPhi(values, activation);
}

/** above · max(h, 0) + below · min(h, 0), exact to one rounding and without a branch on a random sign */
function applySlopes(values: Float64Array, above: number, below: number): void {
  const [up, down] = [above / 2, below / 2];
  for (let i = 0; i < values.length; i++) {
    const h = values[i]!;
    const size = Math.abs(h);
    values[i] = up * (h + size) + down * (h - size);
  }
}

function applyPhi(values: Float64Array, activation: Activation): void {
  for (let i = 0; i < values.length; i++) values[i] = activation.phi(values[i]!);
}

/** h/√(q + ε), q the mean square over units. A signal without a direction becomes 0. */
export function applyLayerNorm(batch: Batch, epsilon: number): void {
  const { values, units, inputs } = batch;
  const factors = lengthsOf(batch, momentsOf(batch).squares).map((length) =>
    length === 0 ? 0 : 1 / Math.hypot(length / Math.sqrt(units), Math.sqrt(epsilon)),
  );
  for (let unit = 0, at = 0; unit < units; unit++) {
    for (let input = 0; input < inputs; input++, at++) values[at]! *= factors[input]!;
  }
}

/** values += other */
export function addSignals(values: Float64Array, other: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i]! += other[i]!;
}

/** h + b */
export function addBias({ values, units, inputs }: Batch, bias: Float64Array): void {
  for (let unit = 0, at = 0; unit < units; unit++) {
    const b = bias[unit]!;
    for (let input = 0; input < inputs; input++, at++) values[at]! += b;
  }
}
