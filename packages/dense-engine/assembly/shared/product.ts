/** A B + c with an epilogue, in tiles of 3 × WIDE and 4 × NARROW sums in registers (./tiles). */

import { splat } from './fused';
import { NARROW, narrowPanels, WIDE, widePanels } from './panels';
import { narrowTile, wideTile } from './tiles';
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
