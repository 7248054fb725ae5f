/**
 * Wᵀ D and W G for the weights W, row-major [fanIn, fanOut], of a dense layer.
 *
 * Up to twelve columns, W is read once as it lies, four of its rows at a time: the tiled products of numerics would spend
 * their time on arranging it.
 */

import { multiply, multiplyLeftTransposed } from '@meanfield/numerics';

interface Weights {
  readonly weights: Float64Array;
  readonly fanIn: number;
  readonly fanOut: number;
}

const FEW = 12;
const ROWS = 4;

/** Wᵀ D for D [fanIn, columns], as [fanOut, columns] */
export function denseForward(
  { weights, fanIn, fanOut }: Weights,
  batch: Float64Array,
  columns: number,
): Float64Array {
  if (columns > FEW) {
    const out = new Float64Array(fanOut * columns);
    multiplyLeftTransposed(weights, batch, out, fanOut, fanIn, columns);
    return out;
  }
  const sums = new Float64Array(columns * fanOut);
  for (let row = 0; row < fanIn; row += ROWS) {
    for (let column = 0; column < columns; column++) {
      const to = sums.subarray(column * fanOut, (column + 1) * fanOut);
      addRows(weights, row, Math.min(ROWS, fanIn - row), batch, column, columns, to);
    }
  }
  return transposed(sums, columns);
}

/** W G for G [fanOut, columns], as [fanIn, columns] */
export function denseBackward(
  { weights, fanIn, fanOut }: Weights,
  batch: Float64Array,
  columns: number,
): Float64Array {
  const out = new Float64Array(fanIn * columns);
  if (columns > FEW) {
    multiply(weights, batch, out, fanIn, fanOut, columns);
    return out;
  }
  const vectors = transposed(batch, fanOut);
  for (let row = 0; row < fanIn; row += ROWS) {
    for (let column = 0; column < columns; column++) {
      const vector = vectors.subarray(column * fanOut, (column + 1) * fanOut);
      writeProducts(weights, row, Math.min(ROWS, fanIn - row), vector, out, column, columns);
    }
  }
  return out;
}

/** to += Σ_r D[row + r, column] W[row + r], over up to four rows r */
function addRows(
  weights: Float64Array,
  row: number,
  rows: number,
  batch: Float64Array,
  column: number,
  columns: number,
  to: Float64Array,
): void {
  const factor = (r: number): number => (r < rows ? batch[(row + r) * columns + column]! : 0);
  const [a, b, c, d] = [factor(0), factor(1), factor(2), factor(3)];
  const [i, j, k, l] = starts(row, rows, to.length);
  for (let n = 0; n < to.length; n++) {
    to[n]! += a * weights[i + n]! + b * weights[j + n]! + (c * weights[k + n]! + d * weights[l + n]!);
  }
}

/** out[row + r, column] = W[row + r] · vector, for up to four rows r */
function writeProducts(
  weights: Float64Array,
  row: number,
  rows: number,
  vector: Float64Array,
  out: Float64Array,
  column: number,
  columns: number,
): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  const [i, j, k, l] = starts(row, rows, vector.length);
  for (let n = 0; n < vector.length; n++) {
    const entry = vector[n]!;
    a += weights[i + n]! * entry;
    b += weights[j + n]! * entry;
    c += weights[k + n]! * entry;
    d += weights[l + n]! * entry;
  }
  const to = row * columns + column;
  out[to] = a;
  if (rows > 1) out[to + columns] = b;
  if (rows > 2) out[to + 2 * columns] = c;
  if (rows > 3) out[to + 3 * columns] = d;
}

/** Where four rows of W begin; the first one again for rows that are not there */
function starts(row: number, rows: number, length: number): readonly [number, number, number, number] {
  const at = (r: number): number => (r < rows ? row + r : row) * length;
  return [at(0), at(1), at(2), at(3)];
}

/** Transpose of a row-major matrix of so many rows */
export function transposed(matrix: Float64Array, rows: number): Float64Array {
  const columns = matrix.length / rows;
  const out = new Float64Array(matrix.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      out[column * rows + row] = matrix[row * columns + column]!;
  }
  return out;
}
