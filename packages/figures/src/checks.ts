/** What every figure asks of its data. Missing values are null; ±Infinity is no position and is left out too. */

import { MeanfieldError, show } from '@meanfield/core';

const refuse = (expected: string, found: string, remedy: string): never => {
  throw new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
};

const SMALLEST_WIDTH = 200;
const LARGEST_WIDTH = 10_000;

export function requireWidth(width: number): number {
  if (!(width >= SMALLEST_WIDTH && width <= LARGEST_WIDTH)) {
    refuse(
      `a width from ${SMALLEST_WIDTH} to ${LARGEST_WIDTH} pixels`,
      show(width),
      'choose a width inside it',
    );
  }
  return width;
}

export function requireSome(values: { readonly length: number }, what: string): void {
  if (values.length === 0)
    refuse(`at least one of ${what}`, 'none', 'pass the data that the figure shall show');
}

export function requireNoNaN(values: readonly (number | null | undefined)[], what: string): void {
  const index = values.findIndex((value) => value !== null && value !== undefined && Number.isNaN(value));
  if (index >= 0)
    refuse(`numbers or null for ${what}`, `NaN at ${index}`, 'pass null where a value is missing');
}

export function requireSameLength(length: number, expected: number, what: string): void {
  if (length !== expected)
    refuse(`${expected} values of ${what}`, String(length), 'pass one value for each position');
}

/** Coordinates of a grid: finite, strictly increasing, at least two. */
export function requireIncreasing(values: readonly number[], what: string): void {
  const bad = values.findIndex(
    (value, index) => !Number.isFinite(value) || (index > 0 && value <= (values[index - 1] ?? Infinity)),
  );
  if (values.length < 2 || bad >= 0) {
    const found = values.length < 2 ? `${values.length} values` : `${show(values[bad])} at ${bad}`;
    refuse(`at least two increasing finite ${what}`, found, 'sort them and drop repeats');
  }
}

/** Ends closer than this, relatively, leave no room for numbers between them. */
const LEAST_SPREAD = 1e-9;

/** The two ends of an axis that the caller fixed. */
export function requireDomain(domain: readonly [number, number], kind: 'linear' | 'log', what: string): void {
  const [low, high] = domain;
  const spread = high - low > LEAST_SPREAD * Math.max(Math.abs(low), Math.abs(high));
  if (!spread || !Number.isFinite(high - low) || (kind === 'log' && low <= 0)) {
    const ends = kind === 'log' ? 'positive numbers' : 'numbers';
    refuse(
      `${what} from a lower to a clearly higher one of finite ${ends}`,
      show(domain),
      'correct the ends of the axis',
    );
  }
}

/** At least one value can be drawn; `what` completes "Expected at least one … ". */
export function requireDrawable(values: { readonly length: number }, what: string): void {
  if (values.length === 0)
    refuse(`at least one ${what} to draw`, 'none', 'pass data with some values that are not missing');
}
