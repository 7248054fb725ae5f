/**
 * Records of two columns of X at a time, a term being a row of X. Which two is free, since sums do not depend on it: those that are
 * zero about as often share more of their zeros, 40 % in place of 30 % with neighbours (10 layers of 100 with He's weights).
 */

import { isWorth, LIST, RECORD, TERMS } from './records';

/** Rows that are listed at a time, so that they stay in the first cache: an even number */
const STRIP: i32 = 40;
/** All of two numbers but their signs */
const VALUES: u64 = 0x7fffffff7fffffff;

/** How many numbers of each column are not zero, in some rows that stand for all; columns are counted up to four. */
export function countColumns(x: usize, xStride: usize, rows: i32, columns: i32, counts: usize): void {
  const zero = f32x4.splat(0);
  const height = <usize>rows * xStride;
  for (; columns > 0; columns -= 4) {
    let count = i32x4.splat(0);
    let from = x;
    const end = from + height;
    do {
      count = i32x4.sub(count, f32x4.ne(v128.load(from), zero));
      from += xStride;
    } while (from < end);
    v128.store(counts, count);
    counts += 16;
    x += 16;
  }
}

/**
 * Columns in order of their counts, of at most `TERMS` rows.
 *
 * @param first room for as many numbers as counts can differ: where columns of each count go
 */
export function orderColumns(counts: usize, columns: i32, first: usize, order: usize): void {
  memory.fill(first, 0, 4 * (TERMS + 1));
  const end = counts + 4 * <usize>columns;
  for (let count = counts; count < end; count += 4) {
    const bin = first + 4 * <usize>load<u32>(count);
    store<u32>(bin, load<u32>(bin) + 1);
  }
  let before: u32 = 0;
  for (let count = 0; count <= TERMS; count++) {
    const bin = first + 4 * <usize>count;
    const found = load<u32>(bin);
    store<u32>(bin, before);
    before += found;
  }
  for (let column = 0; column < columns; column++) {
    const bin = first + 4 * <usize>load<u32>(counts + 4 * <usize>column);
    const place = load<u32>(bin);
    store<u32>(order + 4 * <usize>place, column);
    store<u32>(bin, place + 1);
  }
}

/** Whether few enough terms of the pairs would be recorded if zeros of two columns had nothing to do with each other. */
export function columnsAreSparse(counts: usize, order: usize, pairs: i32, rows: i32): bool {
  let records = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const upper = load<i32>(counts + 4 * <usize>load<u32>(order));
    const lower = load<i32>(counts + 4 * <usize>load<u32>(order, 4));
    records += (upper + lower) * rows - upper * lower;
    order += 8;
  }
  return isWorth(records, pairs * rows * rows);
}

/** Writes a record of two numbers, and tells where the next goes: over it where both are zero. */
// @ts-ignore: decorator
@inline
function record(upper: usize, lower: usize, place: i32, list: usize): usize {
  const both = (<u64>load<u32>(lower) << 32) | <u64>load<u32>(upper);
  store<u64>(list, both);
  store<u32>(list, place, 8);
  return list + RECORD * <usize>((both & VALUES) != 0);
}

/** @param step bytes from one row of B to the next */
export function recordColumns(
  x: usize,
  xStride: usize,
  rows: i32,
  order: usize,
  pairs: i32,
  step: i32,
  lists: usize,
  ends: usize,
): void {
  for (let pair = 0; pair < pairs; pair++) {
    store<u32>(ends + 4 * <usize>pair, <u32>(lists + <usize>pair * LIST));
  }
  for (let first = 0; first < rows; first += STRIP) {
    const strip = min(STRIP, rows - first);
    for (let pair = 0; pair < pairs; pair++) {
      const columns = order + 8 * <usize>pair;
      let upper = x + 4 * <usize>load<u32>(columns);
      let lower = x + 4 * <usize>load<u32>(columns, 4);
      let place = first * step;
      let list = <usize>load<u32>(ends + 4 * <usize>pair);
      const end = upper + <usize>strip * xStride;
      if (strip & 1) {
        list = record(upper, lower, place, list);
        place += step;
        lower += xStride;
        upper += xStride;
      }
      for (; upper < end; upper += 2 * xStride) {
        list = record(upper, lower, place, list);
        list = record(upper + xStride, lower + xStride, place + step, list);
        place += 2 * step;
        lower += 2 * xStride;
      }
      store<u32>(ends + 4 * <usize>pair, <u32>list);
    }
    x += <usize>STRIP * xStride;
  }
}
