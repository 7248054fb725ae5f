/** Checks of lengths, gaps and variances where callers hand them in. */

import { MeanfieldError, show, type SignalPair } from '@meanfield/core';

/** @throws MeanfieldError INVALID_ARGUMENT unless 0 ≤ gap ≤ 2 */
export function checkGap(gap: number): void {
  if (gap >= 0 && gap <= 2) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'gap = 1 − c in [0, 2]',
    found: String(gap),
    remedy: 'pass one less the correlation of the pre-activations',
  });
}

/**
 * The pair with nothing but its three numbers.
 *
 * @param pair mean squares of pre-activations, which may be infinite, and 1 − c
 * @throws MeanfieldError INVALID_ARGUMENT unless q1, q2 ≥ 0 and 0 ≤ gap ≤ 2
 */
export function requireSignalPair({ q1, q2, gap }: SignalPair): SignalPair {
  if (q1 >= 0 && q2 >= 0 && gap >= 0 && gap <= 2) return { q1, q2, gap };
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a pair of signals with q1, q2 ≥ 0 and gap = 1 − c in [0, 2]',
    found: show({ q1, q2, gap }),
    remedy: 'pass mean squares and one less the correlation',
  });
}

/**
 * The variance itself.
 *
 * @param symbol how the sentence of the error names it, such as σ_w²
 * @throws MeanfieldError INVALID_ARGUMENT unless it is finite and at least 0
 */
export function requireVariance(variance: number, symbol: string): number {
  if (variance >= 0 && Number.isFinite(variance)) return variance;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: `${symbol} to be a finite variance of at least 0`,
    found: show(variance),
    remedy: 'pass a variance, not a logarithm or a deviation',
  });
}
