/** Sweeps of one-sided Jacobi in plain TypeScript. */

import type { JacobiEngine } from './orthogonal-rows.js';

export function plainJacobiEngine(): JacobiEngine {
  let memory = new Float64Array(0);
  return {
    memory(length) {
      if (memory.length < length) memory = new Float64Array(length);
      return memory;
    },
    sweep(rows, columns, tolerance) {
      const squares = memory.subarray(rows * columns, rows * (columns + 1));
      for (let row = 0; row < rows; row++) squares[row] = rowProduct(memory, columns, row, row);
      return sweepPairs(memory, columns, squares, tolerance);
    },
  };
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
      const size = Math.abs(zeta);
      // From 1e9 on, 1 + ζ² is ζ² to rounding, and may leave float64.
      const tangent = size > 1e9 ? 0.5 / size : 1 / (size + Math.sqrt(1 + zeta * zeta));
      const t = zeta < 0 ? -tangent : tangent;
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
