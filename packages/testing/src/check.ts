/** Contract checks as plain values, so that they can run under vitest and can themselves be tested. */

import { describe, expect, it } from 'vitest';

export interface Check {
  /** Completes "it …". */
  readonly name: string;
  /** Throws when the contract is broken. */
  readonly run: () => void | Promise<void>;
}

/** Registers the checks as one `describe` block. */
export function registerChecks(title: string, checks: readonly Check[]): void {
  describe(title, () => {
    for (const { name, run } of checks) it(name, run);
  });
}

/** Names of the checks that fail, in order. */
export async function failingChecks(checks: readonly Check[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const { name, run } of checks) {
    try {
      await run();
    } catch {
      failed.push(name);
    }
  }
  return failed;
}

/** |actual − expected| ≤ relative·|expected| + absolute; both must be finite. */
export function expectClose(
  actual: number,
  expected: number,
  { relative, absolute = 0 }: { readonly relative: number; readonly absolute?: number },
  where: string,
): void {
  const finite = Number.isFinite(actual) && Number.isFinite(expected);
  const excess = Math.abs(actual - expected) - (relative * Math.abs(expected) + absolute);
  expect(finite && excess <= 0, `${where}: ${actual}, expected ${expected}`).toBe(true);
}
