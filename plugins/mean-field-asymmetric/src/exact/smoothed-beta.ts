/**
 * What a beta variable times a number, smoothed by a normal variable, looks like: u ~ Beta(a, b), z ~ N(0, 1), y ≥ 0,
 *
 *   density        k(h, y)  = E_u n(h − u y)                  the density of z + u y at h
 *   squareDensity  k₂(h, y) = E_u u² n(h − u y)
 *   leak_m         E (z + u y)₋^m, m = 0, 1, 2                the moments of the side that u y does not point to
 *   squareLeak     E_u u² Φ(−u y)
 *
 * with x₋ = max(0, −x). Those of the other side follow: E (z + u y)₊ = y E u + leak₁, and so on.
 *
 * Method: v = u y has density v^(a−1) (1 − v/y)^(b−1)/(B(a, b) y^a) on [0, y]. Gauss–Jacobi in u for y ≤ 5, or so far as u y varies little; above, the
 * part of [0, y] that the normal density reaches in panels of at most 3, Gauss–Jacobi in those at its ends. For
 * Beta(2, 1) and y > 5 in closed form: with t from −h to y − h,
 *
 *   k = (2/y²) [h Φ(t) − n(t)],   k₂ = (2/y⁴) [(h³ + 3h) Φ(t) − (3h² + 3h t + t² + 2) n(t)].
 */

import { gaussLegendre, logGamma, normalCdf, normalPdf } from '@meanfield/numerics';

import { gaussJacobi, type BetaNodes } from './gauss-jacobi.js';

export interface SmoothedBeta {
  /** E u^s, s > −a */
  moment(s: number): number;
  density(h: number, y: number): number;
  squareDensity(h: number, y: number): number;
  leak(m: 0 | 1 | 2, y: number): number;
  squareLeak(y: number): number;
}

/** Nodes where all of [0, y] is one panel, and in one panel of at most `PANEL` */
const WHOLE = 28;
const ORDER = 16;
const PANEL = 3;
/** [0, y] is one panel where y is at most the larger of these, the second over the deviation of u */
const LARGEST_WHOLE = 5;
const LARGEST_WHOLE_DEVIATION = 0.6;
const LARGEST_NORM = 1e30;
/** n(x) < 1e-17 n(0) beyond */
const REACH = 8.9;

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);
/** Here the argument is small or the result negligible, so its rounding costs nothing */
const bell = (x: number): number => INVERSE_SQRT_2PI * Math.exp(-0.5 * x * x);

const LEAKS: readonly ((m: number) => number)[] = [
  (m) => normalCdf(-m),
  (m) => normalPdf(m) - m * normalCdf(-m),
  (m) => (m * m + 1) * normalCdf(-m) - m * normalPdf(m),
];

export function smoothedBeta(a: number, b: number): SmoothedBeta {
  const logNorm = logGamma(a + b) - logGamma(a) - logGamma(b);
  const mean = betaAverage(a, b, logNorm);
  const general = {
    density: (h: number, y: number) => mean(y, h - REACH, h + REACH, (v) => bell(h - v)),
    squareDensity: (h: number, y: number) => mean(y, h - REACH, h + REACH, (v, u) => u * u * bell(h - v)),
  };
  return {
    moment: (s) => Math.exp(logGamma(a + s) - logGamma(a + b + s) + logGamma(a + b) - logGamma(a)),
    ...(a === 2 && b === 1 ? closedFormsBeyond(LARGEST_WHOLE, general) : general),
    leak: (m, y) => mean(y, 0, REACH, LEAKS[m]!),
    squareLeak: (y) => mean(y, 0, REACH, (v, u) => u * u * normalCdf(-v)),
  };
}

type Integrand = (v: number, u: number) => number;

/** E f(u y) over those u for which low < u y < high; f must be negligible beyond. */
function betaAverage(
  a: number,
  b: number,
  logNorm: number,
): (y: number, low: number, high: number, f: Integrand) => number {
  const whole = gaussJacobi(a, b, WHOLE);
  const left = gaussJacobi(a, 1, ORDER);
  const right = gaussJacobi(1, b, ORDER);
  const inner = gaussLegendre(ORDER);
  const deviation = Math.sqrt((a * b) / (a + b + 1)) / (a + b);
  const largestWhole = Math.max(LARGEST_WHOLE, LARGEST_WHOLE_DEVIATION / deviation);

  const weightedSum = ({ nodes, weights }: BetaNodes, f: (t: number) => number): number => {
    let sum = 0;
    for (let i = 0; i < nodes.length; i++) sum += weights[i]! * f(nodes[i]!);
    return sum;
  };

  const norm = Math.exp(logNorm);
  // Norm and powers leave float64 for a and b above some 500; logarithms take twice as long.
  const density =
    norm < LARGEST_NORM
      ? (u: number): number => norm * u ** (a - 1) * (1 - u) ** (b - 1)
      : (u: number): number => Math.exp(logNorm + (a - 1) * Math.log(u) + (b - 1) * Math.log1p(-u));

  return (y, low, high, f) => {
    if (high <= 0 || low >= y) return 0;
    if (y <= largestWhole) return weightedSum(whole, (u) => f(u * y, u));
    const start = low < PANEL ? 0 : low;
    const end = high > y - PANEL ? y : high;
    const panels = Math.max(start === 0 && end === y ? 2 : 1, Math.ceil((end - start) / PANEL));
    const width = (end - start) / panels;
    let sum = 0;
    for (let panel = 0; panel < panels; panel++) {
      const from = start + panel * width;
      if (panel === 0 && start === 0) {
        const share = width / y;
        const scale = Math.exp(logNorm + a * Math.log(share)) / a;
        sum += scale * weightedSum(left, (t) => (1 - share * t) ** (b - 1) * f(width * t, share * t));
      } else if (panel === panels - 1 && end === y) {
        const scale = Math.exp(logNorm + b * Math.log(width / y)) / b;
        sum +=
          scale *
          weightedSum(right, (t) => {
            const v = from + width * t;
            return (v / y) ** (a - 1) * f(v, v / y);
          });
      } else {
        for (let i = 0; i < ORDER; i++) {
          const v = from + (width / 2) * (1 + inner.nodes[i]!);
          const u = v / y;
          sum += ((inner.weights[i]! * width) / (2 * y)) * density(u) * f(v, u);
        }
      }
    }
    return sum;
  };
}

type Densities = Pick<SmoothedBeta, 'density' | 'squareDensity'>;

/** Beta(2, 1): the closed forms where y is large enough for them not to cancel. */
function closedFormsBeyond(limit: number, general: Densities): Densities {
  const plain = (h: number, t: number): number => h * normalCdf(t) - bell(t);
  const square = (h: number, t: number): number =>
    h * (h * h + 3) * normalCdf(t) - (3 * h * (h + t) + t * t + 2) * bell(t);
  const out = (h: number, y: number): boolean => h < -REACH || h > y + REACH;
  return {
    density(h, y) {
      if (y <= limit) return general.density(h, y);
      return out(h, y) ? 0 : (2 / (y * y)) * (plain(h, y - h) - plain(h, -h));
    },
    squareDensity(h, y) {
      if (y <= limit) return general.squareDensity(h, y);
      return out(h, y) ? 0 : (2 / (y * y) ** 2) * (square(h, y - h) - square(h, -h));
    },
  };
}
