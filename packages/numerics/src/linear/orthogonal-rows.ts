/**
 * One-sided Jacobi: rotations of pairs of rows, J X = Σ Uᵀ, until all rows are orthogonal.
 *
 * Rows p, q with α = ‖p‖², β = ‖q‖², γ = p·q become orthogonal under the rotation with
 *   t = sign(ζ)/(|ζ| + √(1 + ζ²)), ζ = (β − α)/2γ, cos = 1/√(1 + t²), sin = t cos;
 * sweeps over all pairs go on until no |γ| exceeds √n ε √(αβ) (Demmel and Veselić 1992). An error is relative to the row
 * that has it, so that short rows keep their digits beside long ones.
 *
 * Two ways that give the same bits: WebAssembly, two numbers a register, and plain TypeScript (orthogonal-rows-plain.ts).
 */

import { MeanfieldError } from '@meanfield/core';

import { wasmKernel } from '../wasm/index.js';
import { plainJacobiEngine } from './orthogonal-rows-plain.js';
import kernel from './orthogonal-rows.wasm.js';

/** Far more than ever needed: 5 to 9 for matrices of 512 rows */
const MOST_SWEEPS = 60;
const NUMBER_BYTES = 8;

export interface JacobiEngine {
  /** At least `length` numbers: the matrix, row-major, and behind it a number a row. Valid until the next call. */
  memory(length: number): Float64Array;
  /** One sweep over all pairs of rows; whether any was rotated. */
  sweep(rows: number, columns: number, tolerance: number): boolean;
}

function wasmJacobiEngine(): JacobiEngine | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const sweep = wasm.function('sweep');
  return {
    memory: (length) => new Float64Array(wasm.memory(length * NUMBER_BYTES)),
    sweep: (rows, columns, tolerance) =>
      sweep(0, rows * columns * NUMBER_BYTES, rows, columns, tolerance) === 1,
  };
}

let chosen: JacobiEngine | undefined;

function engine(): JacobiEngine {
  chosen ??= wasmJacobiEngine() ?? plainJacobiEngine();
  return chosen;
}

/**
 * Rotates the rows of `matrix`, row-major [rows, columns], in place until they are orthogonal. Their norms are then the
 * singular values, in no order, and row i over its norm is the singular vector of length `columns` that belongs to it.
 * Squares of entries must not leave float64. Throws NOT_CONVERGED when sixty sweeps do not do.
 */
export function orthogonaliseRows(
  matrix: Float64Array,
  rows: number,
  columns: number,
  use: JacobiEngine = engine(),
): void {
  const tolerance = Math.sqrt(Math.max(1, columns)) * Number.EPSILON;
  const memory = use.memory(rows * (columns + 1));
  memory.set(matrix);
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    if (use.sweep(rows, columns, tolerance)) continue;
    matrix.set(memory.subarray(0, rows * columns));
    return;
  }
  throw new MeanfieldError({
    code: 'NOT_CONVERGED',
    expected: `rows that are orthogonal after ${MOST_SWEEPS} sweeps`,
    found: `${rows} rows that are not`,
    remedy: 'pass a matrix of finite entries whose squares float64 can hold',
  });
}
