/**
 * Matrices in panels of 12 columns, then up to two of 8, so that the columns are any multiple of 4 from 8 on: each panel
 * is row-major. Rows are counted up to a multiple of 3 and beyond one of 4, for tiles of 3 × 12 and of 4 × 8.
 */

export const WIDE: i32 = 12;
export const NARROW: i32 = 8;

// @ts-ignore: decorator
@inline
export function upTo(count: i32, multiple: i32): i32 {
  return ((count + multiple - 1) / multiple) * multiple;
}

// @ts-ignore: decorator
@inline
export function narrowPanels(columns: i32): i32 {
  const quarters = upTo(columns, 4) / 4;
  return quarters == 1 ? 1 : (3 - (quarters % 3)) % 3;
}

// @ts-ignore: decorator
@inline
export function widePanels(columns: i32): i32 {
  return max(upTo(columns, 4) - NARROW * narrowPanels(columns), 0) / WIDE;
}

// @ts-ignore: decorator
@inline
export function panelRows(rows: i32): i32 {
  return max(upTo(rows, 3), upTo(rows, 4));
}

/** Bytes from the start of the matrix to the entries of `column` (a multiple of 4) of row 0. */
// @ts-ignore: decorator
@inline
export function columnAddress(column: i32, wide: i32, rows: i32): usize {
  const inWide = column < wide * WIDE;
  const beyond = inWide ? column : column - wide * WIDE;
  const width = inWide ? WIDE : NARROW;
  const panel = beyond / width;
  const before = (inWide ? 0 : wide * WIDE) + panel * width;
  return 4 * <usize>(before * rows + (beyond - panel * width));
}

/** Bytes from one row of a panel to the next. */
// @ts-ignore: decorator
@inline
export function rowBytes(column: i32, wide: i32): usize {
  return column < wide * WIDE ? 4 * WIDE : 4 * NARROW;
}
