/** What is measured in networks in training beside their losses. */

import type { Activation, DenseLayer, Ensemble, Examples } from '@meanfield/core';

import type { CurveRecorder, Point } from './curves.js';

export interface Measures {
  /** Euclidean norm of the loss's gradient by the weights and biases of each layer */
  readonly gradients?: boolean;
  /** Share of each layer's units whose φ' is 0 on every row: they pass no gradient on */
  readonly dead?: boolean;
}

function gradientNorm({ weights, bias }: DenseLayer): number {
  let squares = 0;
  for (const values of [weights, bias]) {
    for (const value of values) squares += value ** 2;
  }
  return Math.sqrt(squares);
}

/** Share of the units with φ'(h) = 0 for every row. `preActivations` are row-major [rows, units]. */
export function deadShare(preActivations: Float32Array, rows: number, activation: Activation): number {
  const units = preActivations.length / rows;
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let row = 0;
    while (row < rows && activation.derivative(preActivations[row * units + unit]!) === 0) row++;
    if (row === rows) dead++;
  }
  return dead / units;
}

export interface MeasuredRun {
  readonly ensemble: Ensemble;
  readonly recorder: CurveRecorder;
  /** The fixed rows on which everything is measured */
  readonly rows: Examples;
  readonly activation: Activation;
  /** Layers that φ is applied to, from the first */
  readonly activatedLayers: number;
}

/** The quantities of one network, by name; layers count from 0. */
async function measureNetwork(
  { ensemble, rows, activation, activatedLayers }: MeasuredRun,
  network: number,
  { gradients = false, dead = false }: Measures,
): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  if (gradients) {
    const layers = await ensemble.gradients(network, rows);
    layers.forEach((layer, index) => (found[`gradientNorm/${index}`] = gradientNorm(layer)));
  }
  if (dead) {
    const layers = await ensemble.forward(network, rows.inputs, rows.count);
    layers.slice(0, activatedLayers).forEach((preActivations, index) => {
      found[`deadShare/${index}`] = deadShare(preActivations, rows.count, activation);
    });
  }
  return found;
}

/** A point of the measures of all networks that have not diverged. */
export async function measure(run: MeasuredRun, measures: Measures): Promise<Point> {
  const point: Record<string, (number | undefined)[]> = {};
  for (let network = 0; network < run.ensemble.networks; network++) {
    if (run.recorder.hasDiverged(network)) continue;
    const found = await measureNetwork(run, network, measures);
    for (const [quantity, value] of Object.entries(found)) (point[quantity] ??= [])[network] = value;
  }
  return point;
}
