/**
 * Claimed against obtained.
 *
 * The rule. A value v that a source states, or that can be read from it, with precision p (half the width of what the
 * reading leaves open), against an obtained x with standard error s:
 *   disagrees, if |x − v| > p + 3s;
 *   agrees, if not and 3s ≤ max(p, 0.05 |v|): an error of that size would have shown;
 *   not decidable at this size, otherwise, and wherever there is no x or no s.
 * A bound b: "below b" agrees if x + 3s ≤ b and disagrees if x − 3s > b; "above b" agrees if x − 3s > b and disagrees if
 * x + 3s ≤ b; not decidable otherwise.
 */

import type { Expectation, Reading } from '@meanfield/core';

export type Verdict = 'agrees' | 'disagrees' | 'not decidable at this size';

const ERRORS = 3;
const SHARE = 0.05;
const UNDECIDED: Verdict = 'not decidable at this size';

export function judge(expected: Expectation, { value, stderr }: Reading): Verdict {
  if (value === null || stderr === null) return UNDECIDED;
  const margin = ERRORS * stderr;
  if (expected.kind === 'value') {
    const { value: claimed, precision } = expected;
    if (Math.abs(value - claimed) > precision + margin) return 'disagrees';
    return margin <= Math.max(precision, SHARE * Math.abs(claimed)) ? 'agrees' : UNDECIDED;
  }
  const [least, most] = [value - margin, value + margin];
  if (expected.kind === 'below') {
    if (most <= expected.bound) return 'agrees';
    return least > expected.bound ? 'disagrees' : UNDECIDED;
  }
  if (least > expected.bound) return 'agrees';
  return most <= expected.bound ? 'disagrees' : UNDECIDED;
}
