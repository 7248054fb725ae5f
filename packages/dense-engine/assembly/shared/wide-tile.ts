/**
 * Tiles of 3 × 12 sums in registers: of all that fit, the fewest instructions a sum.
 *
 * One row of B takes nine products from six loads, and nine chains of sums hide the latency of a fused multiplication and
 * addition (4 cycles, two a cycle) that eight just meet. V8 moves all loads of a block to its start, so that sums and the loads
 * of one row must fit fifteen registers; the test between two rows makes two blocks of them. Two rows a turn, by distances that
 * are constants, save additions, and turns for processors to foresee the last of: 4 % of a product of depth 100.
 */

import { finished } from './finish';
import { madd } from './fused';
import { WIDE } from './panels';

/**
 * A tile of A B + c: sums over k of three rows of A times twelve columns of B.
 *
 * @param a three rows of A, [depth][3], up to `end`
 * @param b a panel of B, [depth][12]
 * @param start twelve numbers that the sums of each row begin with
 * @param factors for `finish`, `outStride` bytes from row to row as `out`
 */
// @ts-ignore: decorator
@inline
export function wideTile(
  a: usize,
  end: usize,
  b: usize,
  start: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: v128,
): void {
  let p0 = v128.load(start);
  let p1 = v128.load(start, 16);
  let p2 = v128.load(start, 32);
  let q0 = p0;
  let q1 = p1;
  let q2 = p2;
  let r0 = p0;
  let r1 = p1;
  let r2 = p2;
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const p = v128.load_splat<f32>(a);
    p0 = madd(p, b0, p0);
    p1 = madd(p, b1, p1);
    p2 = madd(p, b2, p2);
    const q = v128.load_splat<f32>(a, 4);
    q0 = madd(q, b0, q0);
    q1 = madd(q, b1, q1);
    q2 = madd(q, b2, q2);
    const r = v128.load_splat<f32>(a, 8);
    r0 = madd(r, b0, r0);
    r1 = madd(r, b1, r1);
    r2 = madd(r, b2, r2);
    a += 12;
    if (a >= end) break;
    const d0 = v128.load(b, 48);
    const d1 = v128.load(b, 64);
    const d2 = v128.load(b, 80);
    const s = v128.load_splat<f32>(a);
    p0 = madd(s, d0, p0);
    p1 = madd(s, d1, p1);
    p2 = madd(s, d2, p2);
    const t = v128.load_splat<f32>(a, 4);
    q0 = madd(t, d0, q0);
    q1 = madd(t, d1, q1);
    q2 = madd(t, d2, q2);
    const u = v128.load_splat<f32>(a, 8);
    r0 = madd(u, d0, r0);
    r1 = madd(u, d1, r1);
    r2 = madd(u, d2, r2);
    a += 12;
    b += 2 * 4 * WIDE;
  } while (a < end);
  v128.store(out, finished(p0, finish, factors, slope));
  v128.store(out, finished(p1, finish, factors + 16, slope), 16);
  v128.store(out, finished(p2, finish, factors + 32, slope), 32);
  out += outStride;
  factors += outStride;
  v128.store(out, finished(q0, finish, factors, slope));
  v128.store(out, finished(q1, finish, factors + 16, slope), 16);
  v128.store(out, finished(q2, finish, factors + 32, slope), 32);
  out += outStride;
  factors += outStride;
  v128.store(out, finished(r0, finish, factors, slope));
  v128.store(out, finished(r1, finish, factors + 16, slope), 16);
  v128.store(out, finished(r2, finish, factors + 32, slope), 32);
}

/**
 * A tile of Aᵀ B added to `out`, [3][12]: sums over rows of three columns of A times twelve of B.
 *
 * @param a [rows][12], of which the first three are taken, up to `end`
 */
// @ts-ignore: decorator
@inline
export function wideOuterTile(a: usize, end: usize, b: usize, bStride: usize, out: usize): void {
  let p0 = v128.load(out);
  let p1 = v128.load(out, 16);
  let p2 = v128.load(out, 32);
  let q0 = v128.load(out, 48);
  let q1 = v128.load(out, 64);
  let q2 = v128.load(out, 80);
  let r0 = v128.load(out, 96);
  let r1 = v128.load(out, 112);
  let r2 = v128.load(out, 128);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const p = v128.load_splat<f32>(a);
    p0 = madd(p, b0, p0);
    p1 = madd(p, b1, p1);
    p2 = madd(p, b2, p2);
    const q = v128.load_splat<f32>(a, 4);
    q0 = madd(q, b0, q0);
    q1 = madd(q, b1, q1);
    q2 = madd(q, b2, q2);
    const r = v128.load_splat<f32>(a, 8);
    r0 = madd(r, b0, r0);
    r1 = madd(r, b1, r1);
    r2 = madd(r, b2, r2);
    a += 4 * WIDE;
    b += bStride;
  } while (a < end);
  v128.store(out, p0);
  v128.store(out, p1, 16);
  v128.store(out, p2, 32);
  v128.store(out, q0, 48);
  v128.store(out, q1, 64);
  v128.store(out, q2, 80);
  v128.store(out, r0, 96);
  v128.store(out, r1, 112);
  v128.store(out, r2, 128);
}
