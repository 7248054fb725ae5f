/**
 * Density and distribution function of the standard normal law.
 *
 * Φ(x) = ½ erfc(−x/√2); the tail is e^{−x²/2} erfcx(|x|/√2)/2 with the exponent split on x itself, since
 * rounding x/√2 first would cost x² ε.
 *
 * Measured error in ulps, 150 points an interval against mpmath: normalCdf 3.4 on [−37.5, −8], 2.5 on [−8, −1],
 * 1.5 on [−1, 1], 0.6 on [1, 8]; normalPdf 2.4 everywhere.
 */

import { erf, erfcx, expOfMinusSquare } from './error-function.js';

const INVERSE_SQRT_2PI = 0.3989422804014327;

/** e^{−x²/2}/√(2π) */
export function normalPdf(x: number): number {
  return INVERSE_SQRT_2PI * expOfMinusSquare(x, 0.5);
}

/** Φ(x) = P(z ≤ x), accurate relative to itself until it underflows at x = −38.5. */
export function normalCdf(x: number): number {
  const size = Math.abs(x);
  if (size < 1) return 0.5 + 0.5 * erf(x * Math.SQRT1_2);
  const tail = 0.5 * expOfMinusSquare(size, 0.5) * erfcx(size * Math.SQRT1_2);
  return x < 0 ? tail : 1 - tail;
}
