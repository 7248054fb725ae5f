/**
 * How large branches may be, given J, the largest norm of the Jacobian, and g, the smallest 1 − ρ_max. With B = 8 J²/g², by
 * `shrinkage2021` thm. 2 both cannot be kept once
 *
 *   Σ_l σ² ‖φ_l − φ̄_l‖²/(1 + σ² ‖φ_l'‖²) > B.
 *
 * Constant σ² at depth L: the σ² of equality, (B/L)/(‖φ − φ̄‖² − ‖φ'‖² B/L) for equal blocks, and no limit where even σ² → ∞ stays
 * below B. σ² = s/L: the sum grows with L towards s times the mean of ‖φ_l − φ̄_l‖², so s is B over that mean.
 *
 * An infinitely wide network itself breaks a target earlier: its σ² is where the first of both targets breaks, searched from
 * below. Relative error 1e-9.
 */

import type { DepthAdvice, DepthLimit } from '@meanfield/core';
import { brent, residualCorrelationMap } from '@meanfield/numerics';
import {
  admissibleTermSum,
  slopeAtOne,
  widestGaps,
  type CompleteQuestion,
  type NormalisedLayer,
} from '@meanfield/theory';

/** σ² that is searched, times depth: below, blocks are the identity; above, the skip connection no longer counts. */
const SMALLEST = 1e-8;
const LARGEST = 1e12;
const STEP = 4;
const HALVINGS = 32;

function constantByTheorem(layers: readonly NormalisedLayer[], admissible: number): number {
  const excess = (variance: number): number => {
    let sum = 0;
    for (const { linearisationError, derivativeNorm } of layers)
      sum += (variance * linearisationError) / (1 + variance * derivativeNorm);
    return sum - admissible;
  };
  for (let high = SMALLEST; high <= LARGEST * layers.length; high *= STEP) {
    if (excess(high) <= 0) continue;
    const found = brent(excess, high === SMALLEST ? 0 : high / STEP, high);
    return found.status === 'converged' ? found.root : high;
  }
  return Infinity;
}

function scaleByTheorem(layers: readonly NormalisedLayer[], admissible: number): number {
  let sum = 0;
  for (const { linearisationError } of layers) sum += linearisationError;
  return (admissible * layers.length) / sum;
}

/** Whether the network with this σ² in every block meets both targets at infinite width. */
function meets(
  layers: readonly NormalisedLayer[],
  variance: number,
  { inputGap, targets }: CompleteQuestion,
): boolean {
  const made = new Map(
    layers.map((layer) => [
      layer.covariance,
      { ...layer, map: residualCorrelationMap(layer.covariance, variance) },
    ]),
  );
  const changed = layers.map((layer) => made.get(layer.covariance) ?? layer);
  if (slopeAtOne(changed).log > 2 * Math.log(targets.jacobianNorm)) return false;
  return widestGaps(changed, inputGap).every((gap, layer) => layer === 0 || gap >= targets.gap);
}

/** The largest σ² up to which every σ² meets both targets: 0 where none does, Infinity where all do. */
function constantByMeanField(layers: readonly NormalisedLayer[], question: CompleteQuestion): number {
  let low = 0;
  let high = SMALLEST / layers.length;
  while (meets(layers, high, question)) {
    low = high;
    high *= STEP;
    if (high > LARGEST) return Infinity;
  }
  if (low === 0) return 0;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = Math.sqrt(low * high);
    if (meets(layers, middle, question)) low = middle;
    else high = middle;
  }
  return low;
}

/** Every block with one σ², whatever the design has now. */
export function branchLimits(
  layers: readonly NormalisedLayer[],
  question: CompleteQuestion,
): NonNullable<DepthAdvice['branchVariance']> {
  const admissible = admissibleTermSum(question.targets.jacobianNorm, question.targets.gap);
  const meanField = constantByMeanField(layers, question);
  const constant: DepthLimit = { theorem: constantByTheorem(layers, admissible), meanField };
  const timesDepth: DepthLimit = {
    theorem: scaleByTheorem(layers, admissible),
    meanField: meanField * layers.length,
  };
  return { constant, timesDepth };
}
