/** Aᵀ B added to panels, where A and B have as many rows: the gradient of a layer's weights, in tiles as in ./product. */

import { madd } from './fused';
import { NARROW, narrowPanels, panelRows, upTo, WIDE, widePanels } from './panels';
import { wideOuterTile } from './wide-tile';

/**
 * Columns of A twelve by twelve, [group][rows][12]: tiles read what lies side by side. Rows as they are lie on more pages than
 * processors keep the places of: 20 % of the gradient of 784 × 100 weights.
 */
export function packColumns(a: usize, stride: usize, rows: i32, depth: i32, packed: usize): void {
  const end = a + <usize>rows * stride;
  for (let k = 0; k < depth; k += WIDE) {
    let from = a + 4 * <usize>k;
    do {
      v128.store(packed, v128.load(from));
      v128.store(packed, v128.load(from, 16), 16);
      v128.store(packed, v128.load(from, 32), 32);
      from += stride;
      packed += 4 * WIDE;
    } while (from < end);
  }
}

/** Where column k of A begins */
// @ts-ignore: decorator
@inline
function packedColumn(packed: usize, k: i32, rows: i32): usize {
  return packed + 4 * <usize>((k / WIDE) * WIDE * rows + (k % WIDE));
}

/**
 * @param packed columns of A
 * @param out panels of Aᵀ B, [depth, columns]
 */
export function addOuterProduct(
  packed: usize,
  depth: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  rows: i32,
  out: usize,
): void {
  const bytes = 4 * WIDE * <usize>rows;
  const wide = widePanels(columns);
  const narrow = narrowPanels(columns);
  const panel = <usize>panelRows(depth);
  let offset: usize = 0;
  for (let index = 0; index < wide; index++) {
    for (let k = 0; k < depth; k += 3) {
      const from = packedColumn(packed, k, rows);
      wideOuterTile(from, from + bytes, b + offset, bStride, out + 4 * WIDE * <usize>k);
    }
    offset += 4 * WIDE;
    out += 4 * WIDE * panel;
  }
  for (let index = 0; index < narrow; index++) {
    for (let k = 0; k < depth; k += 4) {
      const from = packedColumn(packed, k, rows);
      narrowTile(from, from + bytes, b + offset, bStride, out + 4 * NARROW * <usize>k);
    }
    offset += 4 * NARROW;
    out += 4 * NARROW * panel;
  }
}

/** Sums of the columns of B added to `out`, row by row: neighbouring sums do not wait for each other. */
export function addColumnSums(b: usize, bStride: usize, columns: i32, rows: i32, out: usize): void {
  const bytes = <usize>(4 * upTo(columns, 4));
  for (let row = 0; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(out + at, f32x4.add(v128.load(out + at), v128.load(b + at)));
    }
    b += bStride;
  }
}

// @ts-ignore: decorator
@inline
function narrowTile(a: usize, end: usize, b: usize, bStride: usize, out: usize): void {
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
    a += 4 * WIDE;
    b += bStride;
  } while (a < end);
  v128.store(out, p0);
  v128.store(out, p1, 16);
  v128.store(out, q0, 32);
  v128.store(out, q1, 48);
  v128.store(out, r0, 64);
  v128.store(out, r1, 80);
  v128.store(out, s0, 96);
  v128.store(out, s1, 112);
}
