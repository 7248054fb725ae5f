/**
 * The triangle R of a QR factorisation with column pivoting, A P = Q R, by Householder reflections.
 *
 * Rows are taken in the order of their largest entries: with pivoting and reflections away from the leading entry, errors are
 * then relative to the row and to the column that has them (Cox and Higham 1998), so that graded matrices keep their small parts.
 */

/** Below this share of what it was when last summed, a column's remaining square has lost its digits to subtraction. */
const LOST = Math.sqrt(Number.EPSILON);

/**
 * R, row-major [columns, columns], for a matrix with at least as many rows as columns, given column by column as
 * [columns, rows] and overwritten. The diagonal is decreasing in size. Squares of entries must not leave float64.
 */
export function pivotedTriangle(byColumn: Float64Array, rows: number, columns: number): Float64Array {
  sortRows(byColumn, rows, columns);
  const remaining = Float64Array.from({ length: columns }, (_, j) => squareFrom(byColumn, rows, j, 0));
  const reference = remaining.slice();
  for (let step = 0; step < columns; step++) {
    swapColumns(byColumn, rows, remaining, reference, step, largestFrom(remaining, step));
    reflect(byColumn, rows, columns, step);
    for (let j = step + 1; j < columns; j++) {
      const left = remaining[j]! - byColumn[j * rows + step]! ** 2;
      const keeps = left > LOST * reference[j]!;
      remaining[j] = keeps ? left : squareFrom(byColumn, rows, j, step + 1);
      if (!keeps) reference[j] = remaining[j]!;
    }
  }
  const triangle = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = i; j < columns; j++) triangle[i * columns + j] = byColumn[j * rows + i]!;
  }
  return triangle;
}

/** Puts rows into the order of their largest entries, decreasing. */
function sortRows(byColumn: Float64Array, rows: number, columns: number): void {
  const largest = new Float64Array(rows);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) largest[i] = Math.max(largest[i]!, Math.abs(byColumn[j * rows + i]!));
  }
  const order = Array.from({ length: rows }, (_, i) => i).sort((a, b) => largest[b]! - largest[a]! || a - b);
  for (let j = 0; j < columns; j++) {
    const column = byColumn.slice(j * rows, (j + 1) * rows);
    for (let i = 0; i < rows; i++) byColumn[j * rows + i] = column[order[i]!]!;
  }
}

/** Sum of squares of column j from row `from` on */
function squareFrom(byColumn: Float64Array, rows: number, j: number, from: number): number {
  let sum = 0;
  for (let i = j * rows + from; i < (j + 1) * rows; i++) sum += byColumn[i]! * byColumn[i]!;
  return sum;
}

function largestFrom(values: Float64Array, from: number): number {
  let best = from;
  for (let j = from + 1; j < values.length; j++) if (values[j]! > values[best]!) best = j;
  return best;
}

function swapColumns(
  byColumn: Float64Array,
  rows: number,
  remaining: Float64Array,
  reference: Float64Array,
  a: number,
  b: number,
): void {
  if (a === b) return;
  const column = byColumn.slice(a * rows, (a + 1) * rows);
  byColumn.copyWithin(a * rows, b * rows, (b + 1) * rows);
  byColumn.set(column, b * rows);
  for (const values of [remaining, reference]) [values[a], values[b]] = [values[b]!, values[a]!];
}

/** Reflects columns `step` and later, so that column `step` vanishes below its diagonal. */
function reflect(byColumn: Float64Array, rows: number, columns: number, step: number): void {
  const head = step * rows + step;
  const end = (step + 1) * rows;
  const norm = Math.sqrt(squareFrom(byColumn, rows, step, step));
  if (norm === 0) return;
  const first = byColumn[head]!;
  const diagonal = first > 0 ? -norm : norm;
  // v = x − diagonal e₁, with ‖v‖² = 2 norm (norm + |x₁|): no cancellation
  byColumn[head] = first - diagonal;
  const scale = 1 / (norm * (norm + Math.abs(first)));
  for (let j = step + 1; j < columns; j++) {
    const offset = (j - step) * rows;
    let product = 0;
    for (let i = head; i < end; i++) product += byColumn[i]! * byColumn[i + offset]!;
    const factor = product * scale;
    for (let i = head; i < end; i++) byColumn[i + offset]! -= factor * byColumn[i]!;
  }
  byColumn[head] = diagonal;
}
