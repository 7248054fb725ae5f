/** Numbers with their standard errors, from values of independent neurons. */

/** A number measured on samples */
export interface Estimate {
  readonly value: number;
  /** Standard error */
  readonly stderr: number;
}

export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Unbiased; 0 for one value */
export function varianceOf(values: Float64Array): number {
  if (values.length < 2) return 0;
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum / (values.length - 1);
}

/** The mean of independent values */
export function estimateMean(values: Float64Array): Estimate {
  return { value: meanOf(values), stderr: Math.sqrt(varianceOf(values) / values.length) };
}
