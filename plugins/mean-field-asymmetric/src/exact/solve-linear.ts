/** Dense linear systems: Gaussian elimination with partial pivoting. */

/**
 * Solves A x = b. A is [n, n], row-major; both are overwritten, b with the solution. A singular A leaves values that
 * are not finite.
 */
export function solveLinear(a: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    exchange(a, b, k, pivotRow(a, n, k));
    const pivot = a[k * n + k]!;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / pivot;
      if (factor === 0) continue;
      for (let j = k + 1, to = i * n + j, from = k * n + j; j < n; j++) a[to++]! -= factor * a[from++]!;
      b[i]! -= factor * b[k]!;
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = b[i]!;
    for (let j = i + 1; j < n; j++) sum -= a[i * n + j]! * b[j]!;
    b[i] = sum / a[i * n + i]!;
  }
}

function pivotRow(a: Float64Array, n: number, k: number): number {
  let best = k;
  for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]!) > Math.abs(a[best * n + k]!)) best = i;
  return best;
}

function exchange(a: Float64Array, b: Float64Array, k: number, other: number): void {
  if (other === k) return;
  const n = b.length;
  for (let j = k; j < n; j++) [a[k * n + j], a[other * n + j]] = [a[other * n + j]!, a[k * n + j]!];
  [b[k], b[other]] = [b[other]!, b[k]!];
}
