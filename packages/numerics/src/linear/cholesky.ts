/**
 * Cholesky factorisation with complete pivoting of a symmetric positive semi-definite matrix,
 * P A Pᵀ = L Lᵀ (N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §10.3), and triangular solves.
 * Matrices are row-major Float64Arrays.
 */

import { MeanfieldError } from '@meanfield/core';

export interface PivotedCholesky {
  /** L, [n, n], lower triangular with rows in pivoted order; columns from `rank` on are 0 */
  readonly factor: Float64Array;
  /** permutation[i] is the row of A that stands in row i of P A Pᵀ */
  readonly permutation: Int32Array;
  /** Pivots above the tolerance */
  readonly rank: number;
}

/**
 * Factors A, [n, n], of which the lower triangle is read. Stops when no pivot is above
 * tolerance · (largest diagonal entry); default tolerance n ε. Throws INVALID_ARGUMENT for a wrong size, a NaN, or a
 * pivot that is negative beyond √ε of the largest diagonal entry (A is then not positive semi-definite).
 */
export function choleskyPivoted(
  a: Float64Array,
  n: number,
  tolerance: number = n * Number.EPSILON,
): PivotedCholesky {
  checkSize(a, n * n, `a matrix of ${n} × ${n} entries`);
  const factor = symmetricCopy(a, n);
  const permutation = Int32Array.from({ length: n }, (_, i) => i);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(factor[i * n + i]!));
  if (!factor.every(Number.isFinite)) throw notSemidefinite('an entry that is not finite');
  let rank = 0;
  for (; rank < n; rank++) {
    const pivot = largestDiagonal(factor, n, rank);
    const value = factor[pivot * n + pivot]!;
    if (!(value > tolerance * largest)) break;
    swap(factor, permutation, n, rank, pivot);
    eliminate(factor, n, rank);
  }
  for (let i = rank; i < n; i++) {
    const left = factor[i * n + i]!;
    if (!(left >= -Math.sqrt(Number.EPSILON) * largest)) throw notSemidefinite(`a pivot of ${left}`);
  }
  clearOutside(factor, n, rank);
  return { factor, permutation, rank };
}

function symmetricCopy(a: Float64Array, n: number): Float64Array {
  const copy = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) copy[i * n + j] = copy[j * n + i] = a[i * n + j]!;
  }
  return copy;
}

function largestDiagonal(m: Float64Array, n: number, from: number): number {
  let best = from;
  for (let i = from + 1; i < n; i++) if (m[i * n + i]! > m[best * n + best]!) best = i;
  return best;
}

/** Exchanges rows and columns `i` and `j` of the partly factored matrix. */
function swap(m: Float64Array, permutation: Int32Array, n: number, i: number, j: number): void {
  if (i === j) return;
  [permutation[i], permutation[j]] = [permutation[j]!, permutation[i]!];
  for (let k = 0; k < n; k++) [m[i * n + k], m[j * n + k]] = [m[j * n + k]!, m[i * n + k]!];
  for (let k = 0; k < n; k++) [m[k * n + i], m[k * n + j]] = [m[k * n + j]!, m[k * n + i]!];
}

/** Column k of L, then the rank-one update of what is left (both triangles, so that swaps stay simple). */
function eliminate(m: Float64Array, n: number, k: number): void {
  const root = Math.sqrt(m[k * n + k]!);
  m[k * n + k] = root;
  for (let i = k + 1; i < n; i++) m[i * n + k]! /= root;
  for (let i = k + 1; i < n; i++) {
    const head = m[i * n + k]!;
    for (let j = k + 1; j <= i; j++) m[j * n + i] = m[i * n + j]! -= head * m[j * n + k]!;
  }
}

function clearOutside(m: Float64Array, n: number, rank: number): void {
  for (let i = 0; i < n; i++) for (let j = Math.min(i + 1, rank); j < n; j++) m[i * n + j] = 0;
}

/**
 * Solves L X = B in place: `rhs`, [n, columns], holds B before and X after. Throws INVALID_ARGUMENT for a zero on
 * the diagonal (of a rank-deficient factor solve with its leading block).
 */
export function solveLower(factor: Float64Array, n: number, rhs: Float64Array, columns = 1): void {
  checkTriangle(factor, n, rhs, columns);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) subtractRow(rhs, columns, i, k, factor[i * n + k]!);
    divideRow(rhs, columns, i, factor[i * n + i]!);
  }
}

/** Solves Lᵀ X = B in place, from the same LOWER factor L: with `solveLower` before it, L Lᵀ X = B. Throws as that. */
export function solveUpper(factor: Float64Array, n: number, rhs: Float64Array, columns = 1): void {
  checkTriangle(factor, n, rhs, columns);
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) subtractRow(rhs, columns, i, k, factor[k * n + i]!);
    divideRow(rhs, columns, i, factor[i * n + i]!);
  }
}

/** Row i less `times` row k */
function subtractRow(m: Float64Array, columns: number, i: number, k: number, times: number): void {
  for (let j = 0; j < columns; j++) m[i * columns + j]! -= times * m[k * columns + j]!;
}

function divideRow(m: Float64Array, columns: number, i: number, by: number): void {
  for (let j = 0; j < columns; j++) m[i * columns + j]! /= by;
}

function checkTriangle(factor: Float64Array, n: number, rhs: Float64Array, columns: number): void {
  checkSize(factor, n * n, `a factor of ${n} × ${n} entries`);
  checkSize(rhs, n * columns, `a right-hand side of ${n} × ${columns} entries`);
  for (let i = 0; i < n; i++) {
    if (factor[i * n + i] !== 0) continue;
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: 'a factor of full rank',
      found: `0 on its diagonal in row ${i}`,
      remedy: 'solve with the leading block of size `rank`',
    });
  }
}

function checkSize(a: Float64Array, size: number, expected: string): void {
  if (a.length === size) return;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected,
    found: `an array of ${a.length}`,
    remedy: 'pass the matrix row by row',
  });
}

function notSemidefinite(found: string): MeanfieldError {
  return new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a positive semi-definite matrix',
    found,
    remedy: 'pass a covariance or Gram matrix',
  });
}
