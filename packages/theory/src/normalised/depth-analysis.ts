/** What is asked of an architecture with normalised signals, put together: `shrinkage2021` thm. 1 and 2. */

import {
  MeanfieldError,
  show,
  type DeepArchitecture,
  type DepthAnalysis,
  type DepthQuestion,
  type DepthTerm,
} from '@meanfield/core';
import { furthestMethod } from '@meanfield/numerics';

import { requireGap } from '../trajectory.js';
import { composedGaps, outputGap, slopeAtOne, widestGaps } from './composition.js';
import { gapMaxBound, outputGapBound, squaredJacobianBound } from './depth-bound.js';
import { normalisedLayers, type NormalisedLayer } from './layers.js';
import { modesOf } from './modes.js';
import { attractingGap, regimeOf } from './regime.js';
import { completeQuestion } from './targets.js';

const termOf = (
  { covariance, linearisationError, derivativeNorm, term, map }: NormalisedLayer,
  layer: number,
): DepthTerm => ({
  layer,
  activation: covariance.activation.name,
  linearisationError,
  derivativeNorm,
  term,
  slope: map.slopeAtOne,
  regime: regimeOf(Math.log(map.slopeAtOne)),
});

function fixedGapOf(layers: readonly NormalisedLayer[]): number | null {
  const [first] = layers;
  if (first === undefined || layers.some((layer) => layer !== first)) return null;
  const outcome = attractingGap(first.map);
  return outcome.status === 'fixed' ? outcome.gap : null;
}

function requireUnitGap(gap: number): void {
  if (gap >= 0 && gap <= 1) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'gap = 1 − ρ of inputs in [0, 1], where the map is convex',
    found: show(gap),
    remedy: 'ask for correlations of at least 0',
  });
}

/** Smallest of layers 1 … L */
function smallestBehindInput(gaps: readonly number[]): number {
  let smallest = 2;
  for (let layer = 1; layer < gaps.length; layer++) smallest = Math.min(smallest, gaps[layer]!);
  return smallest;
}

/**
 * @throws MeanfieldError INVALID_ARGUMENT for no layers, variances, gaps or targets that are none, or layers whose
 * pre-activations are all 0; errors of quadrature pass through
 */
export function depthAnalysis(architecture: DeepArchitecture, question?: DepthQuestion): DepthAnalysis {
  const { inputGap, targets } = completeQuestion(question);
  const layers = normalisedLayers(architecture);
  const terms = layers.map((layer, index) => termOf(layer, index + 1));
  let termSum = 0;
  for (const { term } of terms) termSum += term;
  const gaps = composedGaps(layers, 1);
  const widest = widestGaps(layers, inputGap);
  const gapMax = smallestBehindInput(widest);
  const { slope, log, root } = slopeAtOne(layers);
  const squaredBound = squaredJacobianBound(gapMax, termSum);
  const raw = gapMaxBound(1, termSum);
  return {
    architecture: architecture.kind,
    depth: layers.length,
    theorem: architecture.kind === 'mlp' ? 'shrinkage2021 thm. 1' : 'shrinkage2021 thm. 2',
    method: furthestMethod([...new Set(layers.map(({ covariance }) => covariance.method))]),
    terms,
    termSum,
    gapMax,
    rhoMax: 1 - gapMax,
    gaps,
    widestGaps: widest,
    jacobianLowerBound: Math.sqrt(squaredBound),
    squaredJacobianLowerBound: squaredBound,
    squaredJacobian: slope,
    logSquaredJacobian: log,
    jacobian: root,
    gapMaxBound: { raw, capped: Math.min(2, raw) },
    regime: regimeOf(log / layers.length),
    fixedGap: fixedGapOf(layers),
    modes: modesOf(layers, { jacobian: root, gapMax }, targets),
    outputGap(gap) {
      requireGap(gap);
      return outputGap(layers, gap);
    },
    outputGapBound(gap) {
      requireUnitGap(gap);
      return outputGapBound(gaps, termSum, gap);
    },
  };
}
