/** Aᵀ B added to panels, where A and B have as many rows: the gradient of a layer's weights, in tiles of ./tiles. */

import { NARROW, narrowPanels, PACKED, panelRows, upTo, WIDE, widePanels } from './panels';
import { narrowOuterTile, wideOuterTile } from './tiles';

/**
 * Columns of A twelve by twelve, [group][rows][12]: tiles read what lies side by side. Rows as they are lie on more pages than
 * processors keep the places of: 20 % of the gradient of 784 × 100 weights.
 */
export function packColumns(a: usize, stride: usize, rows: i32, depth: i32, packed: usize): void {
  const end = a + <usize>rows * stride;
  for (let k = 0; k < depth; k += PACKED) {
    let from = a + 4 * <usize>k;
    do {
      v128.store(packed, v128.load(from));
      v128.store(packed, v128.load(from, 16), 16);
      v128.store(packed, v128.load(from, 32), 32);
      from += stride;
      packed += 4 * PACKED;
    } while (from < end);
  }
}

/** Where column k of A begins */
// @ts-ignore: decorator
@inline
function packedColumn(packed: usize, k: i32, rows: i32): usize {
  return packed + 4 * <usize>((k / PACKED) * PACKED * rows + (k % PACKED));
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
  const bytes = 4 * PACKED * <usize>rows;
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
      narrowOuterTile(from, from + bytes, b + offset, bStride, out + 4 * NARROW * <usize>k);
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
