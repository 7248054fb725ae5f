/**
 * A tile of 3 × 12 sums in registers: of all that fit, the fewest instructions a sum.
 *
 * It takes nine products from six loads, and nine chains of sums hide the latency of a fused multiplication and addition (4
 * cycles, two a cycle) that eight just meet. One row of B a turn, since V8 unrolls by itself, and moves all loads of a turn to
 * its start: sums and loads must fit fifteen registers.
 */

import { finished } from './finish';
import { madd } from './fused';

/**
 * Sums over rows of B, from `b` to `end`, of three neighbouring numbers of A times twelve of B.
 *
 * @param aStride from one row of A to the next, in bytes, as other strides
 * @param start what the sums begin with, in three rows
 */
// @ts-ignore: decorator
@inline
export function wideTile(
  a: usize,
  aStride: usize,
  b: usize,
  bStride: usize,
  end: usize,
  start: usize,
  startStride: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: v128,
): void {
  let p0 = v128.load(start);
  let p1 = v128.load(start, 16);
  let p2 = v128.load(start, 32);
  start += startStride;
  let q0 = v128.load(start);
  let q1 = v128.load(start, 16);
  let q2 = v128.load(start, 32);
  start += startStride;
  let r0 = v128.load(start);
  let r1 = v128.load(start, 16);
  let r2 = v128.load(start, 32);
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
    a += aStride;
    b += bStride;
  } while (b < end);
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
