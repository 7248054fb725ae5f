/**
 * Moments of signals so long that the bends of φ around 0 no longer show, in closed form, where quadrature would have
 * to resolve these bends across many orders of magnitude.
 *
 * - φ that follows a line on either side, of slopes a₊ and a₋: from q = 1e30 on it is the homogeneous φ of these slopes.
 * - φ that is constant on either side, φ± (tanh, hard tanh, sigmoid): it is a step where q·gap is above 1e30, so with
 *   c = cos θ = 1 − gap, drop = (φ₊ − φ₋)² θ/(2π) and E φ'φ' = (φ₊ − φ₋)²/(2π √(q1 q2) sin θ).
 *
 * What is left out is of order 1/√q and 1/√(q·gap), at most 1e-15 relative.
 */

import type { Activation } from '@meanfield/core';

import type { AsymptoticSlopes } from './asymptotic-slopes.js';
import type { CentredMoments } from './centred-moments.js';
import { homogeneousMoments } from './homogeneous/moments.js';

/** q, or q·gap, from which on signals are long */
const LONG = 1e30;
/** Where φ must have come to follow its lines: √LONG */
const FAR = 1e15;
const FARTHER = 1e75;
const ROUNDING = 2e-15;

/** `moments` with what is known of long signals */
export function withLongSignals(
  moments: CentredMoments,
  activation: Activation,
  slopes: AsymptoticSlopes,
  kappa: number,
): CentredMoments {
  const { right, left } = slopes;
  if (right === 0 && left === 0) return saturating(moments, activation);
  const steepest = Math.max(Math.abs(right), Math.abs(left));
  const follows = (slope: number, x: number): boolean =>
    Math.abs(activation.phi(x) / x - slope) <= ROUNDING * steepest;
  const lines = Number.isFinite(steepest) && follows(right, FAR) && follows(left, -FAR);
  return lines ? homogeneousFrom(moments, homogeneousMoments(slopes, kappa)) : moments;
}

function homogeneousFrom(moments: CentredMoments, limit: CentredMoments): CentredMoments {
  const at = (q: number): CentredMoments => (q >= LONG ? limit : moments);
  return {
    method: moments.method,
    meanSquare: (q) => at(q).meanSquare(q),
    mean: (q) => at(q).mean(q),
    activationMeanSquare: (q) => at(q).activationMeanSquare(q),
    meanSquareSlope: (q) => at(q).meanSquareSlope(q),
    productDrop: (q1, q2, gap) => at(Math.min(q1, q2)).productDrop(q1, q2, gap),
    derivativeProduct: (q1, q2, gap) => at(Math.min(q1, q2)).derivativeProduct(q1, q2, gap),
    shortfall: (q1, q2, weightVariance, biasVariance) =>
      at(Math.min(q1, q2)).shortfall(q1, q2, weightVariance, biasVariance),
  };
}

function saturating(moments: CentredMoments, activation: Activation): CentredMoments {
  const [above, below] = [activation.phi(FAR), activation.phi(-FAR)];
  const constant = above === activation.phi(FARTHER) && below === activation.phi(-FARTHER);
  if (above === below || !constant) return moments;
  const contrast = (above - below) ** 2 / (2 * Math.PI);
  const isLong = (q1: number, q2: number, gap: number): boolean =>
    Math.min(q1, q2) * Math.min(gap, 2 - gap) >= LONG;
  return {
    ...moments,
    productDrop(q1, q2, gap) {
      if (!isLong(q1, q2, gap)) return moments.productDrop(q1, q2, gap);
      return contrast * Math.atan2(Math.sqrt(gap * (2 - gap)), 1 - gap);
    },
    derivativeProduct(q1, q2, gap) {
      if (!isLong(q1, q2, gap)) return moments.derivativeProduct(q1, q2, gap);
      return contrast / Math.sqrt(q1) / Math.sqrt(q2) / Math.sqrt(gap * (2 - gap));
    },
  };
}
