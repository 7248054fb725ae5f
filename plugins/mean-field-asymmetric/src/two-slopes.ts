/**
 * Homogeneous activations: φ(x) = a₊ x for x ≥ 0 and a₋ x for x ≤ 0, and what their Gaussian expectations are for a
 * pre-activation x = μ + τ z with a shifted mean. Φ and n are the normal distribution and density.
 *
 *   E φ(x)   = a₊ [μ Φ(μ/τ) + τ n(μ/τ)] + a₋ [μ Φ(−μ/τ) − τ n(μ/τ)]
 *   E φ(x)²  = a₊² [(μ² + τ²) Φ(μ/τ) + μ τ n(μ/τ)] + a₋² [(μ² + τ²) Φ(−μ/τ) − μ τ n(μ/τ)]
 *   E φ'(x)² = a₊² Φ(μ/τ) + a₋² Φ(−μ/τ)
 *
 * Errors: a few ulp, from those of Φ, where the side that μ points to has the steeper slope. Otherwise the second
 * bracket cancels: its error is of that size relative to (μ² + τ²)/2.
 */

import { normalCdf, normalPdf } from '@meanfield/numerics';

export interface TwoSlopes {
  /** a₊ */
  readonly right: number;
  /** a₋ */
  readonly left: number;
}

/** E φ(μ + τ z) */
export function shiftedMean({ right, left }: TwoSlopes, mu: number, tau: number): number {
  if (tau === 0) return (mu > 0 ? right : left) * mu;
  const x = mu / tau;
  const edge = tau * normalPdf(x);
  return right * (mu * normalCdf(x) + edge) + left * (mu * normalCdf(-x) - edge);
}

/** P(μ + τ z ≤ 0) */
export const shiftedDeadFraction = (mu: number, tau: number): number =>
  tau === 0 ? (mu > 0 ? 0 : 1) : normalCdf(-mu / tau);

/** E φ(μ + τ z)² */
export function shiftedMeanSquare({ right, left }: TwoSlopes, mu: number, tau: number): number {
  if (tau === 0) return ((mu > 0 ? right : left) * mu) ** 2;
  const x = mu / tau;
  const square = mu * mu + tau * tau;
  const edge = mu * tau * normalPdf(x);
  return right * right * (square * normalCdf(x) + edge) + left * left * (square * normalCdf(-x) - edge);
}

/** E φ'(μ + τ z)², τ > 0 */
export function shiftedDerivativeMeanSquare({ right, left }: TwoSlopes, mu: number, tau: number): number {
  return right * right * normalCdf(mu / tau) + left * left * normalCdf(-mu / tau);
}

/** E φ(z)²/1 = (a₊² + a₋²)/2, for a Gaussian pre-activation without a mean */
export function gaussianGrowth({ right, left }: TwoSlopes): number {
  return (right * right + left * left) / 2;
}

/**
 * (E φ)²/E φ² = (a₊ − a₋)²/(π (a₊² + a₋²)) for a Gaussian pre-activation without a mean: 1/π for ReLU, the relation
 * of `singh2021` app. C.1. 0 where φ is identically 0.
 */
export function meanShare(slopes: TwoSlopes): number {
  const growth = gaussianGrowth(slopes);
  return growth === 0 ? 0 : (slopes.right - slopes.left) ** 2 / (2 * Math.PI * growth);
}
