/** Variances 0 and ∞, at which expectations are limits, and the check of a variance. */

import { MeanfieldError } from '@meanfield/core';

/** Stand-ins at which limits q → 0 and q → ∞ are evaluated. */
const TINY = 1e-300;
const HUGE = 1e30;
/** A value at TINY beyond the first, or at HUGE beyond the second, stands for ∞, one below its inverse for 0. */
const INFINITE_AT_ZERO = 1e60;
const INFINITE_AT_INFINITY = 1e10;

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

/** q moved off 0 and ∞, so that z ↦ φ(√q z) can be evaluated and shows its one-sided limits. */
export function offLimits(q: number): number {
  if (q === 0) return TINY;
  return q === Infinity ? HUGE : q;
}

/** A value computed at `offLimits` of the variances, as the limit that it stands for. */
export function settle(value: number, q1: number, q2: number = q1): number {
  const atInfinity = q1 === Infinity || q2 === Infinity;
  if (!atInfinity && q1 !== 0 && q2 !== 0) return value;
  const infinite = atInfinity ? INFINITE_AT_INFINITY : INFINITE_AT_ZERO;
  if (Math.abs(value) > infinite) return Math.sign(value) * Infinity;
  return Math.abs(value) < 1 / infinite ? 0 : value;
}
