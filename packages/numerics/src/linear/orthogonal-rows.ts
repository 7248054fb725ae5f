/**
 * One-sided Jacobi: rotations of pairs of rows, J X = Σ Uᵀ, until all rows are orthogonal.
 *
 * Rows p, q with α = ‖p‖², β = ‖q‖², γ = p·q become orthogonal under the rotation with
 *   t = sign(ζ)/(|ζ| + √(1 + ζ²)), ζ = (β − α)/2γ, cos = 1/√(1 + t²), sin = t cos;
 * sweeps over all pairs go on until no |γ| exceeds √n ε √(αβ) (Demmel and Veselić 1992). An error is relative to the row
 * that has it, so that short rows keep their digits beside long ones.
 */

import { MeanfieldError } from '@meanfield/core';

/** Far more than ever needed: 5 to 9 for matrices of 512 rows */
const MOST_SWEEPS = 60;

/**
 * Rotates the rows of `matrix`, row-major [rows, columns], in place until they are orthogonal. Their norms are then the
 * singular values, in no order, and row i over its norm is the singular vector of length `columns` that belongs to it.
 * Squares of entries must not leave float64. Throws NOT_CONVERGED when sixty sweeps do not do.
 */
export function orthogonaliseRows(matrix: Float64Array, rows: number, columns: number): void {
  const tolerance = Math.sqrt(Math.max(1, columns)) * Number.EPSILON;
  const squares = new Float64Array(rows);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    for (let row = 0; row < rows; row++) squares[row] = rowProduct(matrix, columns, row, row);
    if (!sweepPairs(matrix, columns, squares, tolerance)) return;
  }
  throw new MeanfieldError({
    code: 'NOT_CONVERGED',
    expected: `rows that are orthogonal after ${MOST_SWEEPS} sweeps`,
    found: `${rows} rows that are not`,
    remedy: 'pass a matrix of finite entries whose squares float64 can hold',
  });
}

/** One sweep over all pairs of rows; whether any was rotated. */
function sweepPairs(
  matrix: Float64Array,
  columns: number,
  squares: Float64Array,
  tolerance: number,
): boolean {
  let rotated = false;
  for (let p = 0; p < squares.length - 1; p++) {
    for (let q = p + 1; q < squares.length; q++) {
      const alpha = squares[p]!;
      const beta = squares[q]!;
      if (alpha === 0 || beta === 0) continue;
      const gamma = rowProduct(matrix, columns, p, q);
      if (Math.abs(gamma) <= tolerance * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
      const zeta = (beta - alpha) / (2 * gamma);
      const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
      rotate(matrix, columns, p, q, t);
      squares[p] = Math.max(0, alpha - t * gamma);
      squares[q] = Math.max(0, beta + t * gamma);
      rotated = true;
    }
  }
  return rotated;
}

/** Inner product of two rows, in four sums that do not wait for each other. */
function rowProduct(matrix: Float64Array, columns: number, first: number, second: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  let i = first * columns;
  let j = second * columns;
  const end = i + columns;
  for (; i + 3 < end; i += 4, j += 4) {
    s0 += matrix[i]! * matrix[j]!;
    s1 += matrix[i + 1]! * matrix[j + 1]!;
    s2 += matrix[i + 2]! * matrix[j + 2]!;
    s3 += matrix[i + 3]! * matrix[j + 3]!;
  }
  for (; i < end; i++, j++) s0 += matrix[i]! * matrix[j]!;
  return s0 + s1 + (s2 + s3);
}

/** p ← cos p − sin q, q ← sin p + cos q with sin/cos = t */
function rotate(matrix: Float64Array, columns: number, p: number, q: number, t: number): void {
  const cosine = 1 / Math.sqrt(1 + t * t);
  const sine = t * cosine;
  const end = (p + 1) * columns;
  for (let i = p * columns, j = q * columns; i < end; i++, j++) {
    const x = matrix[i]!;
    const y = matrix[j]!;
    matrix[i] = cosine * x - sine * y;
    matrix[j] = sine * x + cosine * y;
  }
}
