/**
 * Product of dense row-major float64 matrices.
 *
 * Blocks of 256 columns, whose part of C stays in the cache, and inside them tiles of 4 rows by 4 steps of the
 * sum, so that four loads of B serve sixteen products. The order of the sums, and so every bit, depends on
 * the shapes alone: a row's result does not depend on the rows beside it.
 */

const COLUMNS = 256;

interface Shape {
  /** Columns of A, rows of B */
  readonly k: number;
  /** Columns of B */
  readonly n: number;
}

/** C[row, start…end) += Σ over 4 steps of the sum from `step`. */
function addSteps(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  { k, n }: Shape,
  row: number,
  step: number,
  start: number,
  end: number,
): void {
  const from = row * k + step;
  const [x0, x1, x2, x3] = [a[from]!, a[from + 1]!, a[from + 2]!, a[from + 3]!];
  const first = step * n;
  for (let j = start; j < end; j++) {
    const at = first + j;
    out[row * n + j]! += x0 * b[at]! + x1 * b[at + n]! + x2 * b[at + 2 * n]! + x3 * b[at + 3 * n]!;
  }
}

/** `addSteps` for four rows from `row`: the same sums, with each entry of B loaded once for all. */
function addTile(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  { k, n }: Shape,
  row: number,
  step: number,
  start: number,
  end: number,
): void {
  const w = row * k + step;
  const x = w + k;
  const y = x + k;
  const z = y + k;
  const [w0, w1, w2, w3] = [a[w]!, a[w + 1]!, a[w + 2]!, a[w + 3]!];
  const [x0, x1, x2, x3] = [a[x]!, a[x + 1]!, a[x + 2]!, a[x + 3]!];
  const [y0, y1, y2, y3] = [a[y]!, a[y + 1]!, a[y + 2]!, a[y + 3]!];
  const [z0, z1, z2, z3] = [a[z]!, a[z + 1]!, a[z + 2]!, a[z + 3]!];
  const first = step * n;
  const top = row * n;
  for (let j = start; j < end; j++) {
    const at = first + j;
    const b0 = b[at]!;
    const b1 = b[at + n]!;
    const b2 = b[at + 2 * n]!;
    const b3 = b[at + 3 * n]!;
    const to = top + j;
    out[to]! += w0 * b0 + w1 * b1 + w2 * b2 + w3 * b3;
    out[to + n]! += x0 * b0 + x1 * b1 + x2 * b2 + x3 * b3;
    out[to + 2 * n]! += y0 * b0 + y1 * b1 + y2 * b2 + y3 * b3;
    out[to + 3 * n]! += z0 * b0 + z1 * b1 + z2 * b2 + z3 * b3;
  }
}

/** C[row, start…end) += one step of the sum. */
function addStep(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  { k, n }: Shape,
  row: number,
  step: number,
  start: number,
  end: number,
): void {
  const x = a[row * k + step]!;
  for (let j = start; j < end; j++) out[row * n + j]! += x * b[step * n + j]!;
}

/** C = A B with A [m, k], B [k, n], C [m, n] in `out`, which may be longer and may not overlap A or B. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  m: number,
  k: number,
  n: number,
): void {
  const shape = { k, n };
  const tiledRows = m - (m % 4);
  const tiledSteps = k - (k % 4);
  out.fill(0, 0, m * n);
  for (let start = 0; start < n; start += COLUMNS) {
    const end = Math.min(start + COLUMNS, n);
    for (let step = 0; step < tiledSteps; step += 4) {
      for (let row = 0; row < tiledRows; row += 4) addTile(a, b, out, shape, row, step, start, end);
      for (let row = tiledRows; row < m; row++) addSteps(a, b, out, shape, row, step, start, end);
    }
    for (let step = tiledSteps; step < k; step++) {
      for (let row = 0; row < m; row++) addStep(a, b, out, shape, row, step, start, end);
    }
  }
}
