/**
 * Slopes a± = lim φ(x)/x for x → ±∞, which decide how lengths grow:
 *
 *   E φ(√q z)² / q → (a₊² + a₋²)/2,   E φ(√q z)/√q → (a₊ − a₋)/√(2π),   E φ'(√q z)² → (a₊² + a₋²)/2,
 *
 * the last where φ' has limits, as every usual φ has.
 *
 * Method: φ(x)/x at |x| = 1e75 and 1e150. Equal ratios are the slope; a smaller second one is a slope of 0 (tanh,
 * √|x|, ln), a larger one an infinite slope (x²). Exact for φ that is a line plus o(x) beyond 1e75.
 */

import { MeanfieldError, type Activation } from '@meanfield/core';

export interface AsymptoticSlopes {
  /** a₊ */
  readonly right: number;
  /** a₋ */
  readonly left: number;
}

const NEAR = 1e75;
const FAR = 1e150;
/** Ratios nearer than this are one slope. */
const SAME = 1e-6;

function slopeTowards(activation: Activation, sign: 1 | -1): number {
  const near = activation.phi(sign * NEAR) / (sign * NEAR);
  const far = activation.phi(sign * FAR) / (sign * FAR);
  if (Number.isNaN(near) || Number.isNaN(far)) {
    throw new MeanfieldError({
      code: 'UNSUPPORTED',
      expected: `activation ${activation.name} to be a number at every x`,
      found: `NaN at x = ${sign * (Number.isNaN(near) ? NEAR : FAR)}`,
      remedy: 'return the limit of the activation at large |x|',
    });
  }
  if (Math.abs(far) < Math.abs(near) * (1 - SAME)) return 0;
  if (Math.abs(far) > Math.abs(near) * (1 + SAME) || !Number.isFinite(far)) return Math.sign(far) * Infinity;
  return far;
}

export function asymptoticSlopes(activation: Activation): AsymptoticSlopes {
  return { right: slopeTowards(activation, 1), left: slopeTowards(activation, -1) };
}

/** (a₊² + a₋²)/2, the limit of E φ²/q and of E φ'² */
export function squareGrowth({ right, left }: AsymptoticSlopes): number {
  return (right * right + left * left) / 2;
}

/** (a₊² + a₋²)/2 − κ (a₊ − a₋)²/(2π), the limit of (E φ² − κ (E φ)²)/q; Infinity where a slope is infinite. */
export function centredGrowth({ right, left }: AsymptoticSlopes, kappa: number): number {
  const square = squareGrowth({ right, left });
  return Number.isFinite(square) ? square - (kappa * (right - left) ** 2) / (2 * Math.PI) : Infinity;
}
