/**
 * Expectations of two pre-activations of variances q1, q2 and correlation c = cos θ = 1 − gap under
 * φ(x) = x for x > 0, α(eˣ − 1) for x ≤ 0 (`clevert2016`); `tsuchida2021` §3 gives E φφ in other terms.
 *
 * In polar coordinates of the two independent normals every quadrant is a wedge, and its radial integral is
 * m(y) = ∫₀^∞ r e^{−ry − r²/2} dr, at worst e^{u1 + u2} over u1, u2 < 0. With M(y, θ) = ∫₀^θ m(y sin a) da, g = √(q1 q2),
 * A² = q1 + q2 + 2gc and δ1 + δ2 = θ the angles between √q1, √q2 and their sum A at the angle θ:
 *
 *   E φ'φ'          = (π − θ)/2π + α [M(√q1, θ) + M(√q2, θ)]/2π + α² F(c)
 *   F(c)            = E[e^{u1+u2}; u1, u2 < 0] = erfcx(A/√2)/2 − [M(A, δ1) + M(A, δ2)]/2π
 *
 * and dE φφ/dc = g E φ'φ', d²E φφ/dc² = g² E φ''φ'' turn the drop into a single integral. With μ(a) = m(√q1 sin a) +
 * m(√q2 sin a) and x(a) = cos a − c, from dF/dc = g F − (1 − μ)/(2π sin θ):
 *
 *   drop/g = gap (½ + α² F(1)) − ∫₀^θ [((1 − α²) − α(1 − α) μ) x + α² (1 − μ) k(x)] da/2π − α² B
 *
 * where k(x) = x − (1 − e^{−gx})/g, B = F(1) k(gap), or, where e^{−g·gap} would make a second layer,
 * k(x) = x − 1/g and B = gap F(1) − (F(1) − F(c))/g.
 */

import { erfcx } from '../special/index.js';
import { gradedLegendre } from '../quadrature/graded-legendre.js';
import { radialDecay, secondDifference } from './scaled-tail.js';

const TWO_PI = 2 * Math.PI;
const HALF_PI = Math.PI / 2;
/** Up to this g·gap the kernel e^{−gx} is smooth on one panel. */
const SMOOTH_KERNEL = 2;

/** E φφ at c = 1 */
export function productAtOne(alpha: number, q1: number, q2: number): number {
  const tails = secondDifference(Math.sqrt(q1 / 2), Math.sqrt(q2 / 2));
  return 0.5 * (Math.sqrt(q1) * Math.sqrt(q2) + alpha * alpha * tails);
}

export function product(alpha: number, q1: number, q2: number, gap: number): number {
  return productAtOne(alpha, q1, q2) - productDrop(alpha, q1, q2, gap);
}

export function derivativeProduct(alpha: number, q1: number, q2: number, gap: number): number {
  const [s1, s2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const theta = angle(gap);
  const first = wedge(s1, theta);
  const mixed = first + (q1 === q2 ? first : wedge(s2, theta));
  return (supplement(gap) + alpha * mixed) / TWO_PI + alpha * alpha * bothNegative(s1, s2, gap);
}

export function productDrop(alpha: number, q1: number, q2: number, gap: number): number {
  if (gap === 0) return 0;
  const [s1, s2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const g = s1 * s2;
  const smooth = g * gap <= SMOOTH_KERNEL;
  const kernel = (x: number): number => x + (smooth ? Math.expm1(-g * x) : -1) / g;
  const linear = (1 - alpha) * (1 + alpha);
  const mixed = alpha * (1 - alpha);
  const square = alpha * alpha;
  const integrand = (a: number): number => {
    const sine = Math.sin(a);
    const half = Math.sin(a / 2);
    const x = gap - 2 * half * half;
    const first = radialDecay(s1 * sine);
    const decay = first + (q1 === q2 ? first : radialDecay(s2 * sine));
    return (linear - mixed * decay) * x + square * (1 - decay) * kernel(x);
  };
  const aligned = bothNegative(s1, s2, 0);
  const boundary = smooth ? aligned * kernel(gap) : gap * aligned - (aligned - bothNegative(s1, s2, gap)) / g;
  const layer = 2 / Math.max(s1, s2);
  const falls = overAngle(integrand, gap, layer) / TWO_PI + square * boundary;
  return g * (gap * (0.5 + square * aligned) - falls);
}

/** ∫₀^θ f(a) da for f with layers where sin a is small */
function overAngle(f: (a: number) => number, gap: number, layer: number): number {
  const theta = angle(gap);
  if (theta <= HALF_PI) return gradedLegendre(f, 0, theta, layer);
  const rest = supplement(gap);
  const mirrored = (b: number): number => f(Math.PI - b);
  return gradedLegendre(f, 0, HALF_PI, layer) + gradedLegendre(mirrored, rest, HALF_PI, layer + 3 * rest);
}

/** F(c) = E[e^{u1 + u2}; u1 < 0, u2 < 0] of deviations s1, s2 */
function bothNegative(s1: number, s2: number, gap: number): number {
  const sine = Math.sqrt(gap * (2 - gap));
  const c = 1 - gap;
  const length = Math.hypot(s1 + s2 * c, s2 * sine);
  const whole = 0.5 * erfcx(length * Math.SQRT1_2);
  if (gap === 0) return whole;
  if (s1 === s2) return whole - wedge(length, angle(gap) / 2) / Math.PI;
  const first = wedge(length, Math.atan2(s2 * sine, s1 + s2 * c));
  return whole - (first + wedge(length, Math.atan2(s1 * sine, s2 + s1 * c))) / TWO_PI;
}

/** M(y, θ) = ∫₀^θ m(y sin a) da for θ in [0, π] */
function wedge(y: number, theta: number): number {
  if (theta > HALF_PI) return Math.PI * erfcx(y * Math.SQRT1_2) - wedge(y, Math.PI - theta);
  return gradedLegendre((a) => radialDecay(y * Math.sin(a)), 0, theta, 2 / y);
}

/** θ in [0, π] with cos θ = 1 − gap */
const angle = (gap: number): number => Math.atan2(Math.sqrt(gap * (2 - gap)), 1 - gap);
/** π − θ, exact also where θ is close to π */
const supplement = (gap: number): number => Math.atan2(Math.sqrt(gap * (2 - gap)), gap - 1);
