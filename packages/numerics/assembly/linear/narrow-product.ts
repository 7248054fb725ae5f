/**
 * C += A B for B of few columns, row-major, without packing: entries of A stand `aRow` and `aTerm` bytes apart, so that A may
 * be a transposed matrix too. Each entry of C is one chain of multiplications and additions in the order of terms, as in
 * src/linear/narrow-plain.ts. Tiles of 4 × 4 in eight registers; what is left over at the edges, entry by entry.
 */

// @ts-ignore: decorator
@inline
function add(sum: v128, entry: v128, half: v128): v128 {
  return f64x2.add(sum, f64x2.mul(entry, half));
}

function tile(a: usize, aRow: usize, aTerm: usize, b: usize, out: usize, row: usize, terms: i32): void {
  const a2 = a + 2 * aRow;
  let p0 = v128.load(out), p1 = v128.load(out, 16);
  let q0 = v128.load(out + row), q1 = v128.load(out + row, 16);
  let r0 = v128.load(out + 2 * row), r1 = v128.load(out + 2 * row, 16);
  let s0 = v128.load(out + 3 * row), s1 = v128.load(out + 3 * row, 16);
  let at: usize = 0;
  for (let l = 0; l < terms; l++, at += aTerm, b += row) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const p = v128.load_splat<f64>(a + at);
    p0 = add(p0, p, b0);
    p1 = add(p1, p, b1);
    const q = v128.load_splat<f64>(a + at + aRow);
    q0 = add(q0, q, b0);
    q1 = add(q1, q, b1);
    const r = v128.load_splat<f64>(a2 + at);
    r0 = add(r0, r, b0);
    r1 = add(r1, r, b1);
    const s = v128.load_splat<f64>(a2 + at + aRow);
    s0 = add(s0, s, b0);
    s1 = add(s1, s, b1);
  }
  v128.store(out, p0);
  v128.store(out, p1, 16);
  v128.store(out + row, q0);
  v128.store(out + row, q1, 16);
  v128.store(out + 2 * row, r0);
  v128.store(out + 2 * row, r1, 16);
  v128.store(out + 3 * row, s0);
  v128.store(out + 3 * row, s1, 16);
}

function entry(a: usize, aTerm: usize, b: usize, row: usize, out: usize, terms: i32): void {
  let sum = load<f64>(out);
  for (let l = 0; l < terms; l++, a += aTerm, b += row) sum += load<f64>(a) * load<f64>(b);
  store<f64>(out, sum);
}

/** Rows and columns of C from `upper ? its own row : 0` on; with `upper`, entries below the diagonal are 0 or as they come. */
export function product(
  a: usize,
  aRow: usize,
  aTerm: usize,
  b: usize,
  out: usize,
  rows: i32,
  terms: i32,
  columns: i32,
  upper: i32,
): void {
  const row = (<usize>columns) << 3;
  const fullRows = rows & ~3;
  const fullColumns = columns & ~3;
  for (let i = 0; i < fullRows; i += 4) {
    const left = a + <usize>i * aRow;
    const to = out + <usize>i * row;
    for (let j = upper ? i : 0; j < fullColumns; j += 4) {
      tile(left, aRow, aTerm, b + ((<usize>j) << 3), to + ((<usize>j) << 3), row, terms);
    }
  }
  for (let i = 0; i < rows; i++) {
    const left = a + <usize>i * aRow;
    const to = out + <usize>i * row;
    const first = i < fullRows ? fullColumns : 0;
    for (let j = upper && i > first ? i : first; j < columns; j++) {
      entry(left, aTerm, b + ((<usize>j) << 3), row, to + ((<usize>j) << 3), terms);
    }
  }
}
