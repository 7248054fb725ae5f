/** A B + c with an epilogue, in tiles of 3 × 12 (./wide-tile) and 4 × 8 sums in registers. */

import { finished } from './finish';
import { madd, splat } from './fused';
import { NARROW, narrowPanels, WIDE, widePanels } from './panels';
import { wideTile } from './wide-tile';
import { transposeBlock } from './transpose';

/** Rows of A three by three: [group][depth][3], so that a tile reads one stream. Ends in a block of four that may write 52 bytes more. */
export function packRows(a: usize, stride: usize, rows: i32, depth: i32, packed: usize): void {
  const groups = (rows + 2) / 3;
  for (let group = 0; group < groups; group++) {
    const from = a + <usize>(3 * group) * stride;
    const to = packed + 12 * <usize>(group * depth);
    // A block of 4 × 4, of which the next column overwrites the fourth row
    for (let k = 0; k < depth; k += 4) transposeBlock(from + 4 * <usize>k, stride, to + 12 * <usize>k, 12);
  }
}

/**
 * @param a rows of A, row-major; `packed` are the same
 * @param b panels of B, of `panelRows` rows
 * @param start c, one entry a column
 * @param factors for `finish`, laid out as `out`
 */
// @ts-ignore: decorator
@inline
export function multiply(
  a: usize,
  aStride: usize,
  packed: usize,
  rows: i32,
  depth: i32,
  b: usize,
  columns: i32,
  panelRows: i32,
  start: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  const bend = splat(slope);
  const wide = widePanels(columns);
  const narrow = narrowPanels(columns);
  let offset: usize = 0;
  for (let panel = 0; panel < wide; panel++) {
    for (let row = 0; row < rows; row += 3) {
      const place = <usize>row * outStride + offset;
      wideTile(
        packed + 4 * <usize>(row * depth),
        packed + 4 * <usize>((row + 3) * depth),
        b,
        start + offset,
        out + place,
        outStride,
        finish,
        factors + place,
        bend,
      );
    }
    offset += 4 * WIDE;
    b += 4 * WIDE * <usize>panelRows;
  }
  for (let panel = 0; panel < narrow; panel++) {
    for (let row = 0; row < rows; row += 4) {
      const place = <usize>row * outStride + offset;
      narrowTile(
        a + <usize>row * aStride,
        aStride,
        b,
        b + 4 * NARROW * <usize>depth,
        start + offset,
        out + place,
        outStride,
        finish,
        factors + place,
        bend,
      );
    }
    offset += 4 * NARROW;
    b += 4 * NARROW * <usize>panelRows;
  }
}

/** 4 × 8 sums: as in ./wide-tile, but three rows of B a turn, since five addresses move. */
// @ts-ignore: decorator
@inline
function narrowTile(
  a: usize,
  aStride: usize,
  b: usize,
  end: usize,
  start: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: v128,
): void {
  let p0 = v128.load(start);
  let p1 = v128.load(start, 16);
  let q0 = p0;
  let q1 = p1;
  let r0 = p0;
  let r1 = p1;
  let s0 = p0;
  let s1 = p1;
  let second = a + aStride;
  let third = second + aStride;
  let fourth = third + aStride;
  const last = end - 4 * NARROW;
  const lastButOne = last - 4 * NARROW;
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const p = v128.load_splat<f32>(a);
    p0 = madd(p, b0, p0);
    p1 = madd(p, b1, p1);
    const q = v128.load_splat<f32>(second);
    q0 = madd(q, b0, q0);
    q1 = madd(q, b1, q1);
    const r = v128.load_splat<f32>(third);
    r0 = madd(r, b0, r0);
    r1 = madd(r, b1, r1);
    const s = v128.load_splat<f32>(fourth);
    s0 = madd(s, b0, s0);
    s1 = madd(s, b1, s1);
    if (b >= last) break;
    const d0 = v128.load(b, 32);
    const d1 = v128.load(b, 48);
    const t = v128.load_splat<f32>(a, 4);
    p0 = madd(t, d0, p0);
    p1 = madd(t, d1, p1);
    const u = v128.load_splat<f32>(second, 4);
    q0 = madd(u, d0, q0);
    q1 = madd(u, d1, q1);
    const v = v128.load_splat<f32>(third, 4);
    r0 = madd(v, d0, r0);
    r1 = madd(v, d1, r1);
    const w = v128.load_splat<f32>(fourth, 4);
    s0 = madd(w, d0, s0);
    s1 = madd(w, d1, s1);
    if (b >= lastButOne) break;
    const e0 = v128.load(b, 64);
    const e1 = v128.load(b, 80);
    const x = v128.load_splat<f32>(a, 8);
    p0 = madd(x, e0, p0);
    p1 = madd(x, e1, p1);
    const y = v128.load_splat<f32>(second, 8);
    q0 = madd(y, e0, q0);
    q1 = madd(y, e1, q1);
    const z = v128.load_splat<f32>(third, 8);
    r0 = madd(z, e0, r0);
    r1 = madd(z, e1, r1);
    const o = v128.load_splat<f32>(fourth, 8);
    s0 = madd(o, e0, s0);
    s1 = madd(o, e1, s1);
    a += 12;
    second += 12;
    third += 12;
    fourth += 12;
    b += 3 * 4 * NARROW;
  } while (b < end);
  v128.store(out, finished(p0, finish, factors, slope));
  v128.store(out, finished(p1, finish, factors + 16, slope), 16);
  out += outStride;
  factors += outStride;
  v128.store(out, finished(q0, finish, factors, slope));
  v128.store(out, finished(q1, finish, factors + 16, slope), 16);
  out += outStride;
  factors += outStride;
  v128.store(out, finished(r0, finish, factors, slope));
  v128.store(out, finished(r1, finish, factors + 16, slope), 16);
  out += outStride;
  factors += outStride;
  v128.store(out, finished(s0, finish, factors, slope));
  v128.store(out, finished(s1, finish, factors + 16, slope), 16);
}
