/** out = from + X B on matrices in rows, where terms of which X is zero are left out. */

import { LANES, upTo } from './panels';
import {
  record1,
  record2,
  record3,
  record4,
  record5,
  every1,
  every2,
  every3,
  every4,
  every5,
} from './pair-tiles';

/** Columns of the widest tile, in parts of `LANES` numbers */
const WIDEST: i32 = 5;

/** Tiles of a row are about as wide as each other. */
// @ts-ignore: decorator
@inline
function nextWidth(parts: i32): i32 {
  const tiles = (parts + WIDEST - 1) / WIDEST;
  return (parts + tiles - 1) / tiles;
}

/** Terms of lists, all columns. */
export function sumRecords(
  lists: usize,
  ends: usize,
  b: usize,
  columns: i32,
  pairs: i32,
  from: usize,
  fromStride: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  let parts = upTo(columns, LANES) / LANES;
  while (parts > 0) {
    const width = nextWidth(parts);
    if (width == 5) record5(lists, ends, b, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 4) record4(lists, ends, b, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 3) record3(lists, ends, b, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 2) record2(lists, ends, b, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else record1(lists, ends, b, pairs, from, fromStride, out, outStride, finish, factors, slope);
    const bytes = 4 * <usize>(width * LANES);
    b += bytes;
    from += bytes;
    out += bytes;
    factors += bytes;
    parts -= width;
  }
}

/** Lists of all terms, all columns. */
export function sumAll(
  lists: usize,
  terms: i32,
  b: usize,
  bStride: usize,
  columns: i32,
  pairs: i32,
  from: usize,
  fromStride: usize,
  out: usize,
  outStride: usize,
  finish: i32,
  factors: usize,
  slope: f32,
): void {
  let parts = upTo(columns, LANES) / LANES;
  while (parts > 0) {
    const width = nextWidth(parts);
    if (width == 5) every5(lists, terms, b, bStride, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 4) every4(lists, terms, b, bStride, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 3) every3(lists, terms, b, bStride, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else if (width == 2) every2(lists, terms, b, bStride, pairs, from, fromStride, out, outStride, finish, factors, slope);
    else every1(lists, terms, b, bStride, pairs, from, fromStride, out, outStride, finish, factors, slope);
    const bytes = 4 * <usize>(width * LANES);
    b += bytes;
    from += bytes;
    out += bytes;
    factors += bytes;
    parts -= width;
  }
}
