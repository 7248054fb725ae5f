/** The depth at which a design, its layers repeated in turn, must break a target. */

import type { DepthLimit } from '@meanfield/core';

import { admissibleTermSum } from './depth-bound.js';
import { widestGap } from './composition.js';
import type { NormalisedLayer } from './layers.js';
import type { CompleteQuestion } from './targets.js';

/** Layers that are followed: a second or so of either. */
const MOST_LAYERS = 1_000_000;
const MOST_BY_QUADRATURE = 10_000;

/** The smallest depth at which the sum of terms exceeds what both targets admit: Infinity for linear layers. */
function byTheorem(layers: readonly NormalisedLayer[], admissible: number): number {
  let ofAll = 0;
  for (const { term } of layers) ofAll += term;
  if (ofAll === 0) return Infinity;
  const rounds = Math.floor(admissible / ofAll);
  let depth = rounds * layers.length;
  let sum = rounds * ofAll;
  for (const { term } of layers) {
    depth++;
    sum += term;
    if (sum > admissible) break;
  }
  return depth;
}

/** The smallest depth at which an infinitely wide network breaks one; null where it does not within the layers followed. */
function byMeanField(
  layers: readonly NormalisedLayer[],
  { inputGap, targets }: CompleteQuestion,
): number | null {
  const largestLog = 2 * Math.log(targets.jacobianNorm);
  const slow = layers.some(({ covariance }) => covariance.method === 'quadrature');
  const most = slow ? MOST_BY_QUADRATURE : MOST_LAYERS;
  let log = 0;
  let gap = inputGap;
  for (let depth = 1; depth <= most;) {
    const [logBefore, gapBefore] = [log, gap];
    for (const layer of layers) {
      log += Math.log(layer.map.slopeAtOne);
      gap = widestGap(layer, gap);
      if (log > largestLog || gap < targets.gap) return depth;
      depth++;
    }
    // Nothing moves any more, or nothing towards a target.
    if (gap === gapBefore && log <= logBefore) return null;
  }
  return null;
}

export function breakingDepth(layers: readonly NormalisedLayer[], question: CompleteQuestion): DepthLimit {
  const { jacobianNorm, gap } = question.targets;
  return {
    theorem: byTheorem(layers, admissibleTermSum(jacobianNorm, gap)),
    meanField: byMeanField(layers, question),
  };
}
