/** Aᵀ B added to panels, where A and B have as many rows: the gradient of a layer's weights, in tiles as in ./product. */

import { KEEP } from './finish';
import { madd, splat } from './fused';
import { NARROW, narrowPanels, panelRows, upTo, WIDE, widePanels } from './panels';
import { wideTile } from './wide-tile';

/** @param out panels of Aᵀ B, [depth, columns] */
export function addOuterProduct(
  a: usize,
  aStride: usize,
  depth: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  rows: i32,
  out: usize,
): void {
  const end = b + <usize>rows * bStride;
  const wide = widePanels(columns);
  const narrow = narrowPanels(columns);
  const panel = <usize>panelRows(depth);
  const none = splat(0);
  let offset: usize = 0;
  for (let index = 0; index < wide; index++) {
    for (let k = 0; k < depth; k += 3) {
      const place = out + 4 * WIDE * <usize>k;
      const from = a + 4 * <usize>k;
      wideTile(from, aStride, b + offset, bStride, end, place, 4 * WIDE, place, 4 * WIDE, KEEP, 0, none);
    }
    offset += 4 * WIDE;
    out += 4 * WIDE * panel;
  }
  for (let index = 0; index < narrow; index++) {
    for (let k = 0; k < depth; k += 4) {
      narrowTile(a + 4 * <usize>k, aStride, b + offset, bStride, end, out + 4 * NARROW * <usize>k);
    }
    offset += 4 * NARROW;
    out += 4 * NARROW * panel;
  }
}

/** Sums of the columns of B added to `out`. */
export function addColumnSums(b: usize, bStride: usize, columns: i32, rows: i32, out: usize): void {
  const count = upTo(columns, 4);
  for (let column = 0; column < count; column += 4) {
    let sum = v128.load(out + 4 * <usize>column);
    let from = b + 4 * <usize>column;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(from));
      from += bStride;
    }
    v128.store(out + 4 * <usize>column, sum);
  }
}

// @ts-ignore: decorator
@inline
function narrowTile(a: usize, aStride: usize, b: usize, bStride: usize, end: usize, out: usize): void {
  let p0 = v128.load(out);
  let p1 = v128.load(out, 16);
  let q0 = v128.load(out, 32);
  let q1 = v128.load(out, 48);
  let r0 = v128.load(out, 64);
  let r1 = v128.load(out, 80);
  let s0 = v128.load(out, 96);
  let s1 = v128.load(out, 112);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const p = v128.load_splat<f32>(a);
    p0 = madd(p, b0, p0);
    p1 = madd(p, b1, p1);
    const q = v128.load_splat<f32>(a, 4);
    q0 = madd(q, b0, q0);
    q1 = madd(q, b1, q1);
    const r = v128.load_splat<f32>(a, 8);
    r0 = madd(r, b0, r0);
    r1 = madd(r, b1, r1);
    const s = v128.load_splat<f32>(a, 12);
    s0 = madd(s, b0, s0);
    s1 = madd(s, b1, s1);
    a += aStride;
    b += bStride;
  } while (b < end);
  v128.store(out, p0);
  v128.store(out, p1, 16);
  v128.store(out, q0, 32);
  v128.store(out, q1, 48);
  v128.store(out, r0, 64);
  v128.store(out, r1, 80);
  v128.store(out, s0, 96);
  v128.store(out, s1, 112);
}
