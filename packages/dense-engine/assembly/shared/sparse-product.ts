/** Sums over lists of ./records, for all columns of B, which lies in rows as the results do. */

import { BEND, KEEP } from './finish';
import { LANES, upTo } from './panels';
import {
  record1Add,
  record1Bend,
  record1Gate,
  record1Keep,
  record2Add,
  record2Bend,
  record2Gate,
  record2Keep,
  record3Add,
  record3Bend,
  record3Gate,
  record3Keep,
  record4Add,
  record4Bend,
  record4Gate,
  record4Keep,
  record5Add,
  record5Bend,
  record5Gate,
  record5Keep,
} from './record-tiles';

/** Columns of the widest tile, in parts of `LANES` numbers */
const WIDEST: i32 = 5;

/** Tiles of a row are about as wide as each other. */
// @ts-ignore: decorator
@inline
function nextWidth(parts: i32): i32 {
  const tiles = (parts + WIDEST - 1) / WIDEST;
  return (parts + tiles - 1) / tiles;
}

/** from + X B, finished, where `finish` is KEEP, BEND or GATE; `factors` lie as `out` does */
export function sumRecords(
  lists: usize,
  ends: usize,
  b: usize,
  columns: i32,
  pairs: i32,
  from: usize,
  fromStride: usize,
  out: usize,
  stride: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  let parts = upTo(columns, LANES) / LANES;
  while (parts > 0) {
    const width = nextWidth(parts);
    if (finish == KEEP) {
      if (width == 5) record5Keep(lists, ends, b, pairs, from, fromStride, out, stride);
      else if (width == 4) record4Keep(lists, ends, b, pairs, from, fromStride, out, stride);
      else if (width == 3) record3Keep(lists, ends, b, pairs, from, fromStride, out, stride);
      else if (width == 2) record2Keep(lists, ends, b, pairs, from, fromStride, out, stride);
      else record1Keep(lists, ends, b, pairs, from, fromStride, out, stride);
    } else if (finish == BEND) {
      if (width == 5) record5Bend(lists, ends, b, pairs, from, fromStride, out, stride, slope);
      else if (width == 4) record4Bend(lists, ends, b, pairs, from, fromStride, out, stride, slope);
      else if (width == 3) record3Bend(lists, ends, b, pairs, from, fromStride, out, stride, slope);
      else if (width == 2) record2Bend(lists, ends, b, pairs, from, fromStride, out, stride, slope);
      else record1Bend(lists, ends, b, pairs, from, fromStride, out, stride, slope);
    } else {
      if (width == 5) record5Gate(lists, ends, b, pairs, from, fromStride, out, stride, factors, slope);
      else if (width == 4) record4Gate(lists, ends, b, pairs, from, fromStride, out, stride, factors, slope);
      else if (width == 3) record3Gate(lists, ends, b, pairs, from, fromStride, out, stride, factors, slope);
      else if (width == 2) record2Gate(lists, ends, b, pairs, from, fromStride, out, stride, factors, slope);
      else record1Gate(lists, ends, b, pairs, from, fromStride, out, stride, factors, slope);
    }
    const bytes = 4 * <usize>(width * LANES);
    b += bytes;
    from += bytes;
    out += bytes;
    factors += bytes;
    parts -= width;
  }
}

/** X B added to rows of `out` whose places, in bytes, are listed two by two */
export function addRecords(
  lists: usize,
  ends: usize,
  b: usize,
  columns: i32,
  pairs: i32,
  out: usize,
  places: usize,
): void {
  let parts = upTo(columns, LANES) / LANES;
  while (parts > 0) {
    const width = nextWidth(parts);
    if (width == 5) record5Add(lists, ends, b, pairs, out, places);
    else if (width == 4) record4Add(lists, ends, b, pairs, out, places);
    else if (width == 3) record3Add(lists, ends, b, pairs, out, places);
    else if (width == 2) record2Add(lists, ends, b, pairs, out, places);
    else record1Add(lists, ends, b, pairs, out, places);
    const bytes = 4 * <usize>(width * LANES);
    b += bytes;
    out += bytes;
    parts -= width;
  }
}
