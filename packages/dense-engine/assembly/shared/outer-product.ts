/** Aᵀ B added to rows, where A and B have as many rows: the gradient of a layer's weights, in tiles of ./tiles. */

import { NARROW, narrowPanels, PACKED, upTo, WIDE, widePanels } from './panels';
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
 * @param out rows of Aᵀ B, [depth, columns]
 */
export function addOuterProduct(
  packed: usize,
  depth: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  rows: i32,
  out: usize,
  outStride: usize,
): void {
  const bytes = 4 * PACKED * <usize>rows;
  const wide = widePanels(columns);
  const narrow = narrowPanels(columns);
  let offset: usize = 0;
  for (let index = 0; index < wide; index++) {
    for (let k = 0; k < depth; k += 3) {
      const from = packedColumn(packed, k, rows);
      wideOuterTile(from, from + bytes, b + offset, bStride, out + offset + outStride * <usize>k, outStride);
    }
    offset += 4 * WIDE;
  }
  for (let index = 0; index < narrow; index++) {
    for (let k = 0; k < depth; k += 4) {
      const from = packedColumn(packed, k, rows);
      narrowOuterTile(from, from + bytes, b + offset, bStride, out + offset + outStride * <usize>k, outStride);
    }
    offset += 4 * NARROW;
  }
}

/** Sums of the columns of B added to `out`, sixteen columns a time: neighbouring sums do not wait for each other. */
export function addColumnSums(b: usize, bStride: usize, columns: i32, rows: i32, out: usize): void {
  let end = b + <usize>rows * bStride;
  let left = upTo(columns, 4);
  for (; left >= 16; left -= 16) {
    let s0 = v128.load(out);
    let s1 = v128.load(out, 16);
    let s2 = v128.load(out, 32);
    let s3 = v128.load(out, 48);
    let row = b;
    do {
      s0 = f32x4.add(s0, v128.load(row));
      s1 = f32x4.add(s1, v128.load(row, 16));
      s2 = f32x4.add(s2, v128.load(row, 32));
      s3 = f32x4.add(s3, v128.load(row, 48));
      row += bStride;
    } while (row < end);
    v128.store(out, s0);
    v128.store(out, s1, 16);
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
    b += 64;
    out += 64;
    end += 64;
  }
  for (; left > 0; left -= 4) {
    let sum = v128.load(out);
    let row = b;
    do {
      sum = f32x4.add(sum, v128.load(row));
      row += bStride;
    } while (row < end);
    v128.store(out, sum);
    b += 16;
    out += 16;
    end += 16;
  }
}
