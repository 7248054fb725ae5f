/** What the tests of laws share: standard scores, and Kolmogorov and Smirnov's distance. */

/** (mean − expected) in standard errors, for independent values of known variance. */
export function score(values: Float64Array, expected: number, variance: number): number {
  let sum = 0;
  for (const value of values) sum += value - expected;
  return sum / Math.sqrt(variance * values.length);
}

/**
 * √n times the largest distance between the empirical distribution and `cdf`. Beyond 1.63 in one sample of a
 * hundred, 1.95 in one of a thousand.
 */
export function kolmogorovSmirnov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  const n = sorted.length;
  let largest = 0;
  for (let index = 0; index < n; index++) {
    const probability = cdf(sorted[index]!);
    largest = Math.max(largest, probability - index / n, (index + 1) / n - probability);
  }
  return Math.sqrt(n) * largest;
}

/** P(Z ≤ x), by Marsaglia's series (J. Stat. Software 11(4), 2004): 1e-15 absolute for |x| < 7. */
export function normalCdfReference(x: number): number {
  let sum = x;
  let term = x;
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
