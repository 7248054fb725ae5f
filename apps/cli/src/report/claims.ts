/** Claimed against obtained, for a reader. */

import type { Expectation } from '@meanfield/core';
import type { JudgedClaim } from '@meanfield/lab';

import { showEntry, table } from '../output/table.js';

/** A value with its precision, or a bound. */
export function expectedText(expected: Expectation | null): string {
  if (expected === null) return '–';
  if (expected.kind === 'value') {
    const precision = expected.precision === 0 ? '' : ` (± ${showEntry(expected.precision)})`;
    return `${showEntry(expected.value)}${precision}`;
  }
  return `${expected.kind === 'below' ? '≤' : '>'} ${showEntry(expected.bound)}`;
}

/** With its standard error, where it has one. */
export function obtainedText({ value, stderr }: JudgedClaim['obtained']): string {
  if (value === null) return '–';
  return stderr === null || stderr === 0 ? showEntry(value) : showEntry({ value, stderr });
}

/** A line each, with what is claimed and how it was read under it. */
export function claimsTable(claims: readonly JudgedClaim[]): string {
  const rows = claims.map(({ id, by, expected, obtained, verdict }) => [
    id,
    by,
    expectedText(expected),
    obtainedText(obtained),
    verdict,
  ]);
  const notes = claims.map(({ id, statement, where, obtained: { remark } }) => {
    return `  ${id}: ${statement} (${where}).${remark === undefined ? '' : ` Obtained: ${remark}.`}`;
  });
  return [table(['claim', 'by', 'claimed', 'obtained', 'verdict'], rows), '', ...notes].join('\n');
}
