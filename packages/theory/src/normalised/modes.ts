/** Which of the effects that `shrinkage2021` lists after thm. 1 and 2 a design has. */

import type { DepthMode, DepthTargets } from '@meanfield/core';

import type { NormalisedLayer } from './layers.js';

/** ‖φ − φ̄‖²/‖φ'‖² of ReLU */
const RELU_TERM = (Math.PI - 2) / (2 * Math.PI);
/** Layers with a mean term below this are near to linear: a tenth of ReLU's. */
const NEAR_LINEAR = RELU_TERM / 10;

export interface Found {
  /** Of the Jacobian, at infinite width */
  readonly jacobian: number;
  readonly gapMax: number;
}

function mean(layers: readonly NormalisedLayer[], of: (layer: NormalisedLayer) => number): number {
  let sum = 0;
  for (const layer of layers) sum += of(layer);
  return sum / layers.length;
}

/** Why a design that meets both targets does. */
function heldBy(layers: readonly NormalisedLayer[]): DepthMode {
  if (mean(layers, ({ term }) => term) >= NEAR_LINEAR) return 'shallow';
  const ofBranch = ({ linearisationError, derivativeNorm }: NormalisedLayer): number =>
    linearisationError === 0 ? 0 : linearisationError / derivativeNorm;
  return mean(layers, ofBranch) >= NEAR_LINEAR ? 'small-branches' : 'near-linear';
}

/** The heaviest first: a target that is missed by the larger factor. */
export function modesOf(
  layers: readonly NormalisedLayer[],
  { jacobian, gapMax }: Found,
  { jacobianNorm, gap }: Required<DepthTargets>,
): readonly [DepthMode, ...DepthMode[]] {
  const explodes = jacobian > jacobianNorm;
  const shrinks = gapMax < gap;
  if (explodes && shrinks) {
    return jacobian / jacobianNorm >= gap / gapMax ? ['explosion', 'shrinkage'] : ['shrinkage', 'explosion'];
  }
  if (explodes) return ['explosion'];
  return [shrinks ? 'shrinkage' : heldBy(layers)];
}
