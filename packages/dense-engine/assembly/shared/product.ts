/** A B + c with an epilogue, in tiles of 3 × WIDE and 4 × NARROW sums in registers (./tiles). */

import { splat } from './fused';
import { NARROW, narrowPanels, WIDE, widePanels } from './panels';
import { narrowTile, wideTile } from './tiles';

/**
 * @param a rows of A, row-major
 * @param b rows of B
 * @param start rows of c; one for all where `startStride` is 0
 * @param factors for `finish`, laid out as `out`
 */
// @ts-ignore: decorator
@inline
export function multiply(
  a: usize,
  aStride: usize,
  rows: i32,
  depth: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  start: usize,
  startStride: usize,
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
      const from = a + <usize>row * aStride;
      const place = <usize>row * outStride + offset;
      wideTile(
        from,
        aStride,
        from + 4 * <usize>depth,
        b + offset,
        bStride,
        start + <usize>row * startStride + offset,
        startStride,
        out + place,
        outStride,
        finish,
        factors + place,
        bend,
      );
    }
    offset += 4 * WIDE;
  }
  for (let panel = 0; panel < narrow; panel++) {
    for (let row = 0; row < rows; row += 4) {
      const from = a + <usize>row * aStride;
      const place = <usize>row * outStride + offset;
      narrowTile(
        from,
        aStride,
        from + 4 * <usize>depth,
        b + offset,
        bStride,
        start + <usize>row * startStride + offset,
        startStride,
        out + place,
        outStride,
        finish,
        factors + place,
        bend,
      );
    }
    offset += 4 * NARROW;
  }
}
