/** Checks and limits of the arguments that all expectations share. */

import { MeanfieldError } from '@meanfield/core';

/** Stand-ins at which limits q → 0 and q → ∞ are evaluated: their square roots and squares do not underflow. */
const TINY = 1e-300;
const HUGE = 1e300;
/** At those limits a value beyond this is infinite, one below its inverse zero. */
const INFINITE = 1e60;

/** Throws INVALID_ARGUMENT unless q ≥ 0 (Infinity is allowed: the limit is meant). */
export function checkVariance(q: number): void {
  if (q >= 0) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a variance of pre-activations q ≥ 0',
    found: String(q),
    remedy: 'pass E h², not a covariance or a deviation',
  });
}

/** Throws INVALID_ARGUMENT unless 0 ≤ gap ≤ 2. */
export function checkGap(gap: number): void {
  if (gap >= 0 && gap <= 2) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'gap = 1 − c in [0, 2]',
    found: String(gap),
    remedy: 'pass one less the correlation of the pre-activations',
  });
}

/** q moved off 0 and ∞, so that z ↦ φ(√q z) can be evaluated and shows its one-sided limits. */
export const offLimits = (q: number): number => Math.min(Math.max(q, TINY), HUGE);

/** A value computed at `offLimits` of the variances, as the limit that it stands for. */
export function settle(value: number, q1: number, q2: number = q1): number {
  if (q1 !== 0 && q2 !== 0 && q1 !== Infinity && q2 !== Infinity) return value;
  if (Math.abs(value) > INFINITE) return Math.sign(value) * Infinity;
  return Math.abs(value) < 1 / INFINITE ? 0 : value;
}
