/**
 * Interpolation on [−1, 1] at the n Chebyshev points t_j = −cos((2j + 1)π/(2n)), and the interpolant's coefficients
 * in powers of t, which a hot loop evaluates by Horner's rule.
 *
 * c_k = (2 − δ_k0)/n Σ_j f(t_j) T_k(t_j) by direct summation: n is small, and the sum loses about ε of the largest
 * |f|. Powers of t are as accurate as the T_k where the c_k die out, as those of a converged interpolant do: in T_k
 * the coefficients grow like 2.4^k, in c_k the noise of ε stays behind f's own size up to k of about 20.
 */

/** n points of (−1, 1), increasing */
export function chebyshevPoints(count: number): Float64Array {
  // sin of the angle from the middle, which is exactly odd, where the cosine is not.
  return Float64Array.from({ length: count }, (_, j) =>
    Math.sin(((2 * j + 1 - count) * Math.PI) / (2 * count)),
  );
}

/** c_0 … c_{n−1} of Σ c_k T_k through `values` at `chebyshevPoints(n)` */
export function chebyshevCoefficients(values: Float64Array): Float64Array {
  const count = values.length;
  const matrix = interpolation(count);
  const coefficients = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    let sum = 0;
    for (let j = 0; j < count; j++) sum += matrix[k * count + j]! * values[j]!;
    coefficients[k] = sum;
  }
  return coefficients;
}

const matrices = new Map<number, Float64Array>();

/** [n, n]: (2 − δ_k0)/n T_k(t_j), made once for every n */
function interpolation(count: number): Float64Array {
  const known = matrices.get(count);
  if (known !== undefined) return known;
  const matrix = new Float64Array(count * count);
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < count; j++) {
      // T_k(−cos α) = cos k(π − α), with the angle reduced before it is rounded
      const quarters = (k * (2 * (count - j) - 1)) % (4 * count);
      matrix[k * count + j] = ((k === 0 ? 1 : 2) * Math.cos((quarters * Math.PI) / (2 * count))) / count;
    }
  }
  matrices.set(count, matrix);
  return matrix;
}

/** The coefficients of t^0 … t^{n−1} of Σ c_k T_k */
export function powerCoefficients(chebyshev: Float64Array): Float64Array {
  const count = chebyshev.length;
  const powers = new Float64Array(count);
  let previous = new Float64Array(count);
  let polynomial = new Float64Array(count);
  polynomial[0] = 1;
  for (let k = 0; k < count; k++) {
    for (let i = 0; i <= k; i++) powers[i]! += chebyshev[k]! * polynomial[i]!;
    const next = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      next[i] = (k === 0 ? 1 : 2) * (i === 0 ? 0 : polynomial[i - 1]!) - previous[i]!;
    }
    previous = polynomial;
    polynomial = next;
  }
  return powers;
}
