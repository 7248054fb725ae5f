/** A B + c with an epilogue, in tiles of 3 × WIDE and 4 × NARROW sums in registers (./tiles). */

import { KEEP } from './finish';
import { splat } from './fused';
import { NARROW, narrowPanels, WIDE, widePanels } from './panels';
import { narrowTile, wideTile } from './tiles';

/**
 * Rows of B that are summed at a time: a tile reads a line of each, and many rows lie on more pages than processors keep the places
 * of (784 × 100 weights at once: a third slower).
 */
const DEPTH: i32 = 240;

/** @param start rows of c; one for all where `startStride` is 0 */
// @ts-ignore: decorator
@inline
function multiplyAtOnce(
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

/** A B + c, unfinished */
function partialProduct(
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
): void {
  multiplyAtOnce(
    a,
    aStride,
    rows,
    depth,
    b,
    bStride,
    columns,
    start,
    startStride,
    out,
    outStride,
    KEEP,
    0,
    0,
  );
}

/**
 * @param a rows of A, row-major
 * @param b rows of B
 * @param start c, one row for all
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
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  let startStride: usize = 0;
  while (depth > DEPTH) {
    partialProduct(a, aStride, rows, DEPTH, b, bStride, columns, start, startStride, out, outStride);
    a += 4 * DEPTH;
    b += DEPTH * bStride;
    depth -= DEPTH;
    start = out;
    startStride = outStride;
  }
  multiplyAtOnce(
    a,
    aStride,
    rows,
    depth,
    b,
    bStride,
    columns,
    start,
    startStride,
    out,
    outStride,
    finish,
    factors,
    slope,
  );
}
