/**
 * One sweep of one-sided Jacobi over all pairs of rows, with the operations of src/linear/orthogonal-rows-plain.ts in their
 * order: inner products in four sums, two a register.
 */

const NUMBER: usize = 8;
const PAIR: usize = 16;
const TWO_PAIRS: usize = 32;

/** Inner product of `columns` numbers at `first` and at `second` */
function rowProduct(first: usize, second: usize, columns: i32): f64 {
  let low = f64x2.splat(0), high = low;
  let left = columns;
  while (left > 3) {
    low = f64x2.add(low, f64x2.mul(v128.load(first), v128.load(second)));
    high = f64x2.add(high, f64x2.mul(v128.load(first, PAIR), v128.load(second, PAIR)));
    first += TWO_PAIRS;
    second += TWO_PAIRS;
    left -= 4;
  }
  let s0 = f64x2.extract_lane(low, 0);
  while (left > 0) {
    s0 += load<f64>(first) * load<f64>(second);
    first += NUMBER;
    second += NUMBER;
    left--;
  }
  return s0 + f64x2.extract_lane(low, 1) + (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
}

/** p ← cos p − sin q, q ← sin p + cos q with sin/cos = t */
function rotate(p: usize, q: usize, columns: i32, t: f64): void {
  const cosine = 1 / sqrt(1 + t * t);
  const sine = t * cosine;
  const c = f64x2.splat(cosine);
  const s = f64x2.splat(sine);
  let left = columns;
  while (left > 1) {
    const x = v128.load(p);
    const y = v128.load(q);
    v128.store(p, f64x2.sub(f64x2.mul(c, x), f64x2.mul(s, y)));
    v128.store(q, f64x2.add(f64x2.mul(s, x), f64x2.mul(c, y)));
    p += PAIR;
    q += PAIR;
    left -= 2;
  }
  if (left > 0) {
    const x = load<f64>(p);
    const y = load<f64>(q);
    store<f64>(p, cosine * x - sine * y);
    store<f64>(q, sine * x + cosine * y);
  }
}

/**
 * Rows of `columns` numbers from `matrix` on, and their squares from `squares` on; 1 if any were rotated.
 */
export function sweep(matrix: usize, squares: usize, rows: i32, columns: i32, tolerance: f64): i32 {
  const rowBytes = <usize>columns * NUMBER;
  let rotated = 0;
  for (let p = 0; p < rows; p++) {
    const at = matrix + <usize>p * rowBytes;
    store<f64>(squares + <usize>p * NUMBER, rowProduct(at, at, columns));
  }
  for (let p = 0; p < rows - 1; p++) {
    const pRow = matrix + <usize>p * rowBytes;
    const pSquare = squares + <usize>p * NUMBER;
    for (let q = p + 1; q < rows; q++) {
      const qRow = matrix + <usize>q * rowBytes;
      const qSquare = squares + <usize>q * NUMBER;
      const alpha = load<f64>(pSquare);
      const beta = load<f64>(qSquare);
      if (alpha == 0 || beta == 0) continue;
      const gamma = rowProduct(pRow, qRow, columns);
      if (abs(gamma) <= tolerance * sqrt(alpha) * sqrt(beta)) continue;
      const zeta = (beta - alpha) / (2 * gamma);
      const size = abs(zeta);
      const tangent = size > 1e9 ? 0.5 / size : 1 / (size + sqrt(1 + zeta * zeta));
      const t = zeta < 0 ? -tangent : tangent;
      rotate(pRow, qRow, columns, t);
      store<f64>(pSquare, max<f64>(0, alpha - t * gamma));
      store<f64>(qSquare, max<f64>(0, beta + t * gamma));
      rotated = 1;
    }
  }
  return rotated;
}
