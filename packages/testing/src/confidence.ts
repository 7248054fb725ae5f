/** Confidence intervals: how a measured mean is compared with a declared one. */

import { expect } from 'vitest';

/**
 * Half-width of an interval in standard errors. A right sampler leaves it once in 150,000 comparisons, so a
 * failure is a wrong sampler, not bad luck.
 */
export const STANDARD_ERRORS = 4.5;

export interface MeanEstimate {
  readonly mean: number;
  /** Standard error of the mean, from the spread of the values; 0 when all are equal */
  readonly standardError: number;
  readonly count: number;
}

/** Mean and standard error of independent values. */
export function estimateMean(values: ArrayLike<number>): MeanEstimate {
  const count = values.length;
  let mean = 0;
  for (let index = 0; index < count; index++) mean += values[index]! / count;
  let squares = 0;
  for (let index = 0; index < count; index++) squares += (values[index]! - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (count - 1) / count), count };
}

/** Fails unless `expected` is in the confidence interval of the mean of the independent values. */
export function expectMean(values: ArrayLike<number>, expected: number, where: string): void {
  const { mean, standardError, count } = estimateMean(values);
  const rounding = 1e-12 * Math.abs(expected);
  const inside = Math.abs(mean - expected) <= STANDARD_ERRORS * standardError + rounding;
  expect(inside, `${where}: ${mean} ± ${standardError} over ${count} neurons, declared ${expected}`).toBe(
    true,
  );
}
