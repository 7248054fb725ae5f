/** Many pairs of signals in one deep layer each: planes of parameters, all of one activation. */

import { MeanfieldError, type Activation, type MeanFieldModel, type SignalPairs } from '@meanfield/core';
import { requireVariance } from '@meanfield/numerics';

import { tabulatedOf } from './phase-grid.js';
import { propagate } from './propagate.js';
import { requireDepth, requireGap, requireLength } from './trajectory.js';

/**
 * The pairs `depth` layers on, in networks of independent Gaussian rows: `propagate` at every pair up to rounding, by
 * what is quickest for the activation (`MeanFieldModel.pairs`), or by its tabulated maps one after the other.
 *
 * @param pairs variances and first layers, of equal length within each pair; left as they are
 * @returns the same variances, with the lengths and gaps of the last layer
 * @throws MeanfieldError INVALID_ARGUMENT for arrays of different sizes, for a variance, length or gap that is none, or a depth
 * that is not a whole number from 0 to 10⁷; UNSUPPORTED for a model that does not describe such rows
 */
export function propagateMany(
  model: MeanFieldModel,
  activation: Activation,
  pairs: SignalPairs,
  depth: number,
): SignalPairs {
  requireDepth(depth);
  requirePairs(pairs);
  const { weightVariances, biasVariances } = pairs;
  const after = { weightVariances, biasVariances, lengths: pairs.lengths.slice(), gaps: pairs.gaps.slice() };
  const advance = model.pairs?.(activation);
  if (advance !== undefined) advance(after, depth);
  else oneByOne(model, activation, after, depth);
  return after;
}

function oneByOne(model: MeanFieldModel, activation: Activation, pairs: SignalPairs, depth: number): void {
  const { weightVariances, biasVariances, lengths, gaps } = pairs;
  for (let i = 0; i < gaps.length; i++) {
    const map = model.map(activation, {
      law: 'gaussian-rows',
      weightVariance: weightVariances[i]!,
      biasVariance: biasVariances[i]!,
      correlationStrength: 0,
    });
    const start = { q1: lengths[i]!, q2: lengths[i]!, gap: gaps[i]! };
    const end = propagate(tabulatedOf(map), start, depth);
    lengths[i] = end.q1;
    gaps[i] = end.gap;
  }
}

function requirePairs({ weightVariances, biasVariances, lengths, gaps }: SignalPairs): void {
  const sizes = [weightVariances, biasVariances, lengths, gaps].map((array) => array.length);
  if (sizes.some((size) => size !== gaps.length)) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'σ_w², σ_b², length and gap of every pair',
      found: `${sizes.join(', ')} of them`,
      remedy: 'pass arrays of one size',
    });
  }
  for (let i = 0; i < gaps.length; i++) {
    requireVariance(weightVariances[i]!, 'σ_w²');
    requireVariance(biasVariances[i]!, 'σ_b²');
    requireLength(lengths[i]!, 'length q of pre-activations');
    requireGap(gaps[i]!);
  }
}
