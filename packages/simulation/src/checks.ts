/** Sentences about arguments that do not fit. */

import { MeanfieldError, show } from '@meanfield/core';

/** @throws MeanfieldError INVALID_ARGUMENT */
export function requireThat(holds: boolean, expected: string, found: unknown, remedy: string): void {
  if (!holds) throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found: show(found), remedy });
}

/** @throws MeanfieldError INVALID_ARGUMENT unless `value` is an integer from `least` to `most` */
export function requireCount(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  const holds = Number.isSafeInteger(value) && value >= least && value <= most;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  requireThat(holds, `${name} to be an integer ${range}`, value, `choose such a ${name}`);
}
