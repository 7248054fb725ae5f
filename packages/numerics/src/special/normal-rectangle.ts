/**
 * P(|z1| < h, |z2| < k) for standard normals z1, z2 of correlation c = 1 − gap, relative to its own size also where
 * the rectangle is small and where c is close to ±1.
 *
 * Method: in coordinates in which the law is round the rectangle is a parallelogram about the origin, four triangles.
 * A right triangle with its corner at the origin, height h and slope a has the mass w(h, a)/(2π),
 *
 *   w(h, a) = ∫₀ᵃ (1 − e^{−h²(1+x²)/2})/(1 + x²) dx = arctan a − 2π T(h, a),   T being Owen's function,
 *
 * and two of them make a quadrant's rectangle: w(h, a) + w(ha, 1/a) = 2π (Φ(h) − ½)(Φ(ha) − ½), which keeps a ≤ 1,
 * where 20 Gauss–Legendre nodes suffice. Differences of two triangles of one height are taken of what is beyond
 * them, so that they do not cancel.
 */

import { gaussLegendre } from '../quadrature/gauss-rules.js';
import { erf } from './error-function.js';
import { normalCdf } from './normal.js';

const NODES = 20;

/**
 * @param h half the width, at least 0; Infinity leaves z1 free
 * @param k half the height
 * @param gap 1 − c in [0, 2]
 */
export function normalRectangle(h: number, k: number, gap: number): number {
  const narrow = Math.min(h, k);
  const wide = Math.max(h, k);
  // The law and the rectangle are even in each of z1, z2, so c and −c are the same.
  const close = gap > 1 ? 2 - gap : gap;
  if (narrow === 0) return 0;
  if (wide === Infinity || close === 0) return erf(narrow * Math.SQRT1_2);
  return (edge(narrow, wide, close) + edge(wide, narrow, close)) / Math.PI;
}

/** The two triangles over the edge z1 = h, |z2| < k, times 2π */
function edge(h: number, k: number, gap: number): number {
  const sine = Math.sqrt(gap * (2 - gap));
  // k − ch, without cancellation at small gaps
  const upper = (k - h + gap * h) / (h * sine);
  const lower = (k + h - gap * h) / (h * sine);
  if (upper >= 0) return triangle(h, lower) + triangle(h, upper);
  return beyond(h, -upper) - beyond(h, lower);
}

/** w(h, a) for a ≥ 0 */
function triangle(h: number, a: number): number {
  if (a <= 1) return shallowTriangle(h, a);
  return (Math.PI / 2) * erf(h * Math.SQRT1_2) * erf(h * a * Math.SQRT1_2) - shallowTriangle(h * a, 1 / a);
}

/** w(h, ∞) − w(h, a) for a ≥ 0 */
function beyond(h: number, a: number): number {
  const strip = erf(h * Math.SQRT1_2);
  if (a <= 1) return (Math.PI / 2) * strip - shallowTriangle(h, a);
  return Math.PI * strip * normalCdf(-h * a) + shallowTriangle(h * a, 1 / a);
}

/** w(h, a) for 0 ≤ a ≤ 1 */
function shallowTriangle(h: number, a: number): number {
  const { nodes, weights } = gaussLegendre(NODES);
  const exponent = -0.5 * h * h;
  let sum = 0;
  for (let i = 0; i < NODES; i++) {
    const x = 0.5 * a * (1 + nodes[i]!);
    const radius = 1 + x * x;
    sum += (weights[i]! * -Math.expm1(exponent * radius)) / radius;
  }
  return 0.5 * a * sum;
}
