/**
 * Lists of the terms of X B that are not zero, for two rows of X at a time: a record holds what a row of B is multiplied by in the
 * one and in the other, and where the row lies.
 *
 * Half of what leaves a ReLU is zero, and so is half of what passes it backward. Both of two are zero in 36 % of all places,
 * measured in rows of 10 layers of 100 with He's weights; in two images of digits in 74 %.
 */

/** Terms that a list has room for */
export const TERMS: i32 = 120;
/** Pairs of sums that there is room for lists of */
export const PAIRS: i32 = 60;
/** Bytes of a record: two factors, the place of a row of B in bytes, and 4 of room. A power of 2. */
export const RECORD: i32 = 16;
/** Bytes of a list: what is zero is written too, and the next record over it. */
export const LIST: i32 = RECORD * (TERMS + 1);

/** Sixteenths of all terms that records may be: a term of a record takes 1.1 to 1.3 times as long as one of all. */
const WORTH: i32 = 13;
/** Pairs of rows that tell how many terms those of a block have */
const SAMPLE: i32 = 4;

// @ts-ignore: decorator
@inline
export function isWorth(records: i32, all: i32): bool {
  return 16 * records <= WORTH * all;
}

/** Where a number of two rows is not zero, as bits */
// @ts-ignore: decorator
@inline
function present(upper: v128, lower: v128): i32 {
  const zero = f32x4.splat(0);
  // NaN is not zero.
  return i32x4.bitmask(v128.or(f32x4.ne(upper, zero), f32x4.ne(lower, zero)));
}

/** The bytes of a record where `bit` of `mask` is set */
// @ts-ignore: decorator
@inline
function recordAt(mask: i32, bit: i32): usize {
  return <usize>((mask << (4 - bit)) & RECORD);
}

/** Whether few enough terms of pairs of rows are not zero, as the first pairs have it; a term is a column of X. */
export function rowsAreSparse(x: usize, xStride: usize, rows: i32, terms: i32): bool {
  const sample = min((rows + 1) >> 1, SAMPLE);
  const width = 4 * <usize>terms;
  let records = 0;
  for (let pair = 0; pair < sample; pair++) {
    let from = x;
    const end = from + width;
    do {
      records += popcnt(present(v128.load(from), v128.load(from + xStride)));
      from += 16;
    } while (from < end);
    x += 2 * xStride;
  }
  return isWorth(records, sample * terms);
}

/**
 * Of neighbouring rows of X, a term being a column of X.
 *
 * @param terms at most `TERMS` columns, counted up to four: what is added is zero
 * @param step bytes from one row of B to the next
 * @param ends where the end of each list goes
 */
export function recordRows(
  x: usize,
  xStride: usize,
  pairs: i32,
  terms: i32,
  step: i32,
  lists: usize,
  ends: usize,
): void {
  const firstLow = i32x4(0, 0, step, 0);
  const firstHigh = i32x4(2 * step, 0, 3 * step, 0);
  const next = i32x4.splat(4 * step);
  const width = 4 * <usize>terms;
  for (; pairs > 0; pairs--) {
    let list = lists;
    let placeLow = firstLow;
    let placeHigh = firstHigh;
    let from = x;
    const end = from + width;
    do {
      const upper = v128.load(from);
      const lower = v128.load(from + xStride);
      const mask = present(upper, lower);
      const low = i32x4.shuffle(upper, lower, 0, 4, 1, 5);
      const high = i32x4.shuffle(upper, lower, 2, 6, 3, 7);
      v128.store(list, i64x2.shuffle(low, placeLow, 0, 2));
      list += recordAt(mask, 0);
      v128.store(list, i64x2.shuffle(low, placeLow, 1, 3));
      list += recordAt(mask, 1);
      v128.store(list, i64x2.shuffle(high, placeHigh, 0, 2));
      list += recordAt(mask, 2);
      v128.store(list, i64x2.shuffle(high, placeHigh, 1, 3));
      list += recordAt(mask, 3);
      placeLow = i32x4.add(placeLow, next);
      placeHigh = i32x4.add(placeHigh, next);
      from += 16;
    } while (from < end);
    store<u32>(ends, <u32>list);
    ends += 4;
    lists += LIST;
    x += 2 * xStride;
  }
}
