/**
 * Root of a continuous function between two points of opposite sign: Brent's method (R. P. Brent, Algorithms
 * for Minimization without Derivatives, 1973, ch. 4): inverse quadratic interpolation and secant steps, with
 * bisection whenever they shrink the bracket too slowly.
 *
 * The bracket ends at a width of 4 ε |root| + tolerance.
 */

import { DEFAULT_MAX_ITERATIONS, type RootOptions, type RootResult } from './result.js';

/** Interpolated step from b as [numerator, denominator], denominator ≥ 0; a = c means secant. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number): [number, number] {
  const s = fb / fa;
  if (a === c) return orient((c - b) * s, s - 1);
  const q = fa / fc;
  const r = fb / fc;
  return orient(s * ((c - b) * q * (q - r) - (b - a) * (r - 1)), (1 - q) * (r - 1) * (s - 1));
}

const orient = (p: number, q: number): [number, number] => (q < 0 ? [-p, -q] : [p, q]);

/** Searches [a, b] (in either order). An end where f is exactly 0 is returned as the root. */
export function brent(f: (x: number) => number, a: number, b: number, options: RootOptions = {}): RootResult {
  const { tolerance = 0, maxIterations = DEFAULT_MAX_ITERATIONS } = options;
  for (const end of [a, b]) if (!Number.isFinite(end)) return { status: 'not-a-number', at: end };
  let fa = f(a);
  let fb = f(b);
  if (Number.isNaN(fa)) return { status: 'not-a-number', at: a };
  if (Number.isNaN(fb)) return { status: 'not-a-number', at: b };
  if (fa !== 0 && fb !== 0 && fa > 0 === fb > 0) return { status: 'no-sign-change', ends: [fa, fb] };
  if (fa === 0) return { status: 'converged', root: a, residual: fa, iterations: 0 };

  // b is the best point, [b, c] the bracket, a the previous b; step and lastStep are the two latest moves.
  let c = a;
  let fc = fa;
  let step = b - a;
  let lastStep = step;
  for (let iterations = 0; ; iterations++) {
    if (Math.abs(fc) < Math.abs(fb)) {
      [a, b, c] = [b, c, b];
      [fa, fb, fc] = [fb, fc, fb];
    }
    const reach = 2 * Number.EPSILON * Math.abs(b) + tolerance / 2;
    const half = (c - b) / 2;
    if (Math.abs(half) <= reach || fb === 0)
      return { status: 'converged', root: b, residual: fb, iterations };
    if (iterations >= maxIterations) return { status: 'not-converged', root: b, residual: fb, iterations };

    const [p, q] = interpolate(a, b, c, fa, fb, fc);
    const accepted =
      Math.abs(lastStep) >= reach &&
      Math.abs(fa) > Math.abs(fb) &&
      2 * Math.abs(p) < Math.min(3 * Math.abs(half) * q - reach * q, Math.abs(lastStep) * q) &&
      p > 0 === half > 0;
    lastStep = accepted ? step : half;
    step = accepted ? p / q : half;
    a = b;
    fa = fb;
    b += Math.abs(step) > reach ? step : Math.sign(half) * reach;
    fb = f(b);
    if (Number.isNaN(fb)) return { status: 'not-a-number', at: b };
    if (fb > 0 === fc > 0) {
      c = a;
      fc = fa;
      step = lastStep = b - a;
    }
  }
}
