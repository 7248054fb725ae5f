/**
 * Gaussian expectations of GELU, φ(x) = x Φ(x), in closed form. The kernel is that of `tsuchida2021`; all of them
 * follow from Stein's lemma E[u1 F] = q1 E ∂₁F + κ E ∂₂F with κ = E u1 u2, applied until no u is left.
 *
 * n is the standard normal density, p_i = 1/(1 + q_i), m = √(q1 q2), c = 1 − gap, w = 1 − c² = gap(2 − gap); s, k, θ
 * (θ₀ at gap 0, σ their mean, δ = θ − θ₀) are those of numerics' `blurredPair`; P = (π − θ)/(2π) = E Φ(u1) Φ(u2);
 * g(x) = sin x − x cos x.
 *
 *   E φ             = q n(0)/√(1 + q),  E φ' = ½
 *   E φ(u1) φ(u2)   = m [c P + s (w + c² (p1 + p2))/(2π sin θ)]
 *   E φ'(u1) φ'(u2) = P + s c (p1 + p2 + p1 p2/sin² θ)/(2π sin θ)
 *   drop            = m {[(π − σ) sin σ sin(δ/2) − cos σ g(δ/2)]/(π s)
 *                        + s w [p1 + p2 + p1 p2/(k sin θ)]/(2π (sin θ + k))}
 *   d/dq E φ²       = P + (q/(1 + q)) (½ + p + 1/(1 + q/(1 + q)))/(π √(1 + 2q)),  P at gap 0
 *
 * The drop is ∫ E φ'(u1) φ'(u2) dκ from κ = m c to m, term by term: ∫ P dκ is the drop of the arc-cosine kernel of
 * degree 1 between the angles θ₀ and θ, written around their mean; the rest are differences of sin θ and of 1/sin θ.
 * Since σ ≤ π/2 nothing cancels but cos σ g(δ/2), which is at most 0.11 of the term before it.
 *
 * Domain: q ≥ 0, gap in [0, 2]; q = Infinity gives the limit, Infinity for what grows.
 * Measured maximum relative error at 1,500 random points against 70-digit values, q from 1e-10 to 1e8, gaps from 1e-25 to
 * 2: productDrop 8.9e-16; of the Cauchy–Schwarz bound: product 5.7e-16, derivativeProduct 3.4e-16. At 300 variances:
 * mean 4.4e-16, meanSquare 5.5e-16, derivativeMeanSquare 3.3e-16, meanSquareSlope 2.4e-16.
 */

import type { GaussianClosedForms } from '@meanfield/core';
import { blurredPair, homogeneousProduct, saturation, sineLessAngleCosine } from '@meanfield/numerics';

const TWO_PI = 2 * Math.PI;

/** a/b where 0/0, met at infinite variances, stands for 0. */
const ratio = (a: number, b: number): number => (a === 0 ? 0 : a / b);

function product(q1: number, q2: number, gap: number): number {
  const { alignment, cosine, sine } = blurredPair(q1, q2, gap);
  const c = 1 - gap;
  const quadrant = Math.atan2(sine, -cosine) / TWO_PI;
  const rest = gap * (2 - gap) + c * c * (1 / (1 + q1) + 1 / (1 + q2));
  return homogeneousProduct(q1, q2, c * quadrant + ratio(alignment * rest, TWO_PI * sine));
}

function productDrop(q1: number, q2: number, gap: number): number {
  if (q1 === 0 || q2 === 0) return 0;
  const { alignment, startSine, sine, turn } = blurredPair(q1, q2, gap);
  const [p1, p2] = [1 / (1 + q1), 1 / (1 + q2)];
  const half = turn / 2;
  const middle = Math.atan2(startSine, alignment) + half;
  const arcCosine =
    (Math.PI - middle) * Math.sin(middle) * Math.sin(half) - Math.cos(middle) * sineLessAngleCosine(half);
  const rest = ratio(gap * (2 - gap) * (p1 + p2 + ratio(p1 * p2, startSine * sine)), sine + startSine);
  return homogeneousProduct(q1, q2, arcCosine / (Math.PI * alignment) + (alignment * rest) / TWO_PI);
}

function derivativeProduct(q1: number, q2: number, gap: number): number {
  const { cosine, sine } = blurredPair(q1, q2, gap);
  const [p1, p2] = [1 / (1 + q1), 1 / (1 + q2)];
  const rest = p1 + p2 + ratio(p1 * p2, sine * sine);
  return (Math.atan2(sine, -cosine) + ratio(cosine * rest, sine)) / TWO_PI;
}

function meanSquareSlope(q: number): number {
  const { cosine, sine } = blurredPair(q, q, 0);
  const share = saturation(q);
  const rest = 1 / 2 + 1 / (1 + q) + 1 / (1 + share);
  return (Math.atan2(sine, -cosine) / 2 + (share * rest) / Math.sqrt(1 + 2 * q)) / Math.PI;
}

/** The closed forms of φ(x) = x Φ(x). */
export const closedForms: Required<GaussianClosedForms> = {
  mean: (q) => (Math.sqrt(saturation(q)) * Math.sqrt(q)) / Math.sqrt(TWO_PI),
  meanSquare: (q) => product(q, q, 0),
  derivativeMean: () => 1 / 2,
  derivativeMeanSquare: (q) => derivativeProduct(q, q, 0),
  meanSquareSlope,
  product,
  productDrop,
  derivativeProduct,
};
