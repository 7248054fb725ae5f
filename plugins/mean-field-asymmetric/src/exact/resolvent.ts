/**
 * (μ − B)⁻¹ b for one operator B, one b and any number of μ, each to rounding.
 *
 * Method: full orthogonalisation (Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd ed., §6.4): the Krylov spaces
 * of B and b are those of μ − B and b for every μ, so one orthonormal basis, extended when a μ needs more of it, serves all.
 */

import { MeanfieldError } from '@meanfield/core';

import { solveLinear } from './solve-linear.js';

/** Residual, relative to b, that ends the search, and one that is accepted where rounding allows no less */
const RESIDUAL = 2e-16;
const ACCEPTED = 1e-12;
/** Vectors added between two looks at the residual */
const STRIDE = 6;
const MAX_VECTORS = 400;

/**
 * @param apply B x, in a new array
 * @returns the solution at μ. Throws INTERNAL when 400 vectors do not give it
 */
export function resolvent(
  apply: (x: Float64Array) => Float64Array,
  b: Float64Array,
): (mu: number) => Float64Array {
  const size = norm(b);
  const basis: Float64Array[] = [b.map((value) => value / size)];
  /** columns[j][i] = v_i · B v_j, i ≤ j + 1 */
  const columns: number[][] = [];

  function extend(): void {
    const j = columns.length;
    const next = apply(basis[j]!);
    const column: number[] = new Array<number>(j + 2).fill(0);
    // Twice, so that the basis stays orthogonal to rounding.
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i <= j; i++) {
        const share = product(basis[i]!, next);
        column[i]! += share;
        addTimes(-share, basis[i]!, next);
      }
    }
    const rest = norm(next);
    column[j + 1] = rest;
    columns.push(column);
    basis.push(rest === 0 ? next : next.map((value) => value / rest));
  }

  /** Coordinates of the solution in the first m vectors. */
  function coordinates(mu: number, m: number): Float64Array {
    const matrix = new Float64Array(m * m);
    for (let j = 0; j < m; j++) {
      for (let i = 0; i <= Math.min(j + 1, m - 1); i++) matrix[i * m + j] = -columns[j]![i]!;
      matrix[j * m + j]! += mu;
    }
    const y = new Float64Array(m);
    y[0] = size;
    solveLinear(matrix, y);
    return y;
  }

  return (mu) => {
    for (let m = Math.min(STRIDE, b.length); ; m = Math.min(m + STRIDE, b.length)) {
      while (columns.length < m) extend();
      const y = coordinates(mu, m);
      const residual = Math.abs(columns[m - 1]![m]! * y[m - 1]!) / size;
      const last = m === b.length || m + STRIDE > MAX_VECTORS;
      if (residual <= RESIDUAL || (last && residual <= ACCEPTED)) return combination(basis, y);
      if (last) throw notConverged(residual);
    }
  };
}

function combination(basis: readonly Float64Array[], y: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0]!.length);
  y.forEach((coordinate, i) => {
    addTimes(coordinate, basis[i]!, sum);
  });
  return sum;
}

function product(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

const norm = (x: Float64Array): number => Math.sqrt(product(x, x));

function addTimes(factor: number, x: Float64Array, to: Float64Array): void {
  for (let i = 0; i < x.length; i++) to[i]! += factor * x[i]!;
}

const notConverged = (residual: number): MeanfieldError =>
  new MeanfieldError({
    code: 'INTERNAL',
    expected: `a stationary law within ${MAX_VECTORS} Krylov vectors`,
    found: `a residual of ${residual}`,
    remedy: 'report the activation and the law of the weights',
  });
