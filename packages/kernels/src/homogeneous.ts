/**
 * Homogeneous activations, φ(x) = s₊ x for x ≥ 0 and s₋ x for x < 0: ReLU (1, 0), leaky ReLU (1, a), the identity
 * (1, 1), |x| (1, −1). `tsuchida2018` cor. 3 and 4; `cho2009` §2.
 *
 * With c = cos θ = 1 − gap, g(θ) = sin θ − θ cos θ, E φ(z)² = (s₊² + s₋²)/2 and w = (s₊ − s₋)²/(s₊² + s₋²):
 *
 *   T(c) = E φφ/E φ² = (1 − w) c + w (sin θ + (π − θ) cos θ)/π,  so  1 − T = gap − w g(θ)/π
 *   E φ'φ'/E φ² = 1 − w θ/π
 *
 * For s₊ = 1, s₋ = a this T is the one printed in cor. 4. Domain: gap in [0, 2]; beyond 1, with h = 2 − gap,
 * 1 − T = (2 − w) + (w − 1) h − w g(π − θ)/π.
 * Measured maximum relative error of `nextGap` at 4,000 gaps from 1e-25 to 2 − 1e-15 against 60 digits: 3e-16 for w ≤ 1, 6e-16 for
 * w up to 2.
 */

import type { Activation } from '@meanfield/core';
import { oppositeProduct, quadrantProbability } from '@meanfield/numerics';

export interface HomogeneousMap {
  /** E φ(z)² for a standard normal z */
  readonly meanSquare: number;
  /** w = (s₊ − s₋)²/(s₊² + s₋²): 0 for a straight line, 1 for ReLU, 2 for |x| */
  readonly bend: number;
}

/** What the map needs to know of a homogeneous φ; null for another φ, and for φ = 0. */
export function homogeneousMap(activation: Activation): HomogeneousMap | null {
  if (!activation.homogeneous) return null;
  const right = activation.phi(1);
  const left = -activation.phi(-1);
  const squares = right * right + left * left;
  if (!(squares > 0)) return null;
  return { meanSquare: squares / 2, bend: (right - left) ** 2 / squares };
}

/** 1 − T(c) from gap = 1 − c in [0, 2], without cancellation at either end. */
export function nextGap(bend: number, gap: number): number {
  if (gap <= 1) return gap - 2 * bend * oppositeProduct(gap);
  const opposite = 2 - gap;
  return 2 - bend + ((bend - 1) * opposite - 2 * bend * oppositeProduct(opposite));
}

/** E φ'φ'/E φ² at gap = 1 − c in [0, 2] */
export function derivativeShare(bend: number, gap: number): number {
  return 1 - bend + 2 * bend * quadrantProbability(gap);
}
