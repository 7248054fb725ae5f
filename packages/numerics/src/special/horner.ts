/** Σ c_i v^i, lowest power first. */
export function horner(coefficients: readonly number[], v: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * v + coefficients[i]!;
  return sum;
}
