/**
 * A 4 × 4 tile of L Rᵀ: eight registers of two sums each, each sum one chain of multiplications and additions in the
 * order of terms, as in src/linear/tile-plain.ts.
 */

const ROW_BYTES: usize = 32;
const HALF_BYTES: usize = 16;

// @ts-ignore: decorator
@inline
function add(sum: v128, entry: v128, half: v128): v128 {
  return f64x2.add(sum, f64x2.mul(entry, half));
}

/** Sums over `depth` terms of panels [depth][4] at `left` and `right`, row-major to the start of the memory */
export function tile(left: usize, right: usize, depth: i32): void {
  let a0 = f64x2.splat(0), a1 = a0;
  let b0 = a0, b1 = a0;
  let c0 = a0, c1 = a0;
  let d0 = a0, d1 = a0;
  for (let l = 0; l < depth; l++, left += ROW_BYTES, right += ROW_BYTES) {
    const r0 = v128.load(right);
    const r1 = v128.load(right, HALF_BYTES);
    const a = v128.load_splat<f64>(left);
    a0 = add(a0, a, r0);
    a1 = add(a1, a, r1);
    const b = v128.load_splat<f64>(left, 8);
    b0 = add(b0, b, r0);
    b1 = add(b1, b, r1);
    const c = v128.load_splat<f64>(left, 16);
    c0 = add(c0, c, r0);
    c1 = add(c1, c, r1);
    const d = v128.load_splat<f64>(left, 24);
    d0 = add(d0, d, r0);
    d1 = add(d1, d, r1);
  }
  v128.store(0, a0);
  v128.store(0, a1, HALF_BYTES);
  v128.store(0, b0, ROW_BYTES);
  v128.store(0, b1, ROW_BYTES + HALF_BYTES);
  v128.store(0, c0, 2 * ROW_BYTES);
  v128.store(0, c1, 2 * ROW_BYTES + HALF_BYTES);
  v128.store(0, d0, 3 * ROW_BYTES);
  v128.store(0, d1, 3 * ROW_BYTES + HALF_BYTES);
}
