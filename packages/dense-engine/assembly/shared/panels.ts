/**
 * Columns of a product in panels of WIDE, then up to two of NARROW, so that columns are any multiple of LANES from NARROW on. Rows
 * are counted up to a multiple of 3 and beyond one of 4, for tiles of 3 × WIDE and of 4 × NARROW.
 */

/** Numbers that one operation takes: 4 of a register, or 8 where V8 joins two operations to one */
// @ts-ignore: the compiler's options define PAIRED, or not
export const LANES: i32 = isDefined(PAIRED) ? 8 : 4;
export const WIDE: i32 = 3 * LANES;
export const NARROW: i32 = 2 * LANES;
/** Columns of A side by side in `packColumns`: both 3 and 4 divide it */
export const PACKED: i32 = 12;

// @ts-ignore: decorator
@inline
export function upTo(count: i32, multiple: i32): i32 {
  return ((count + multiple - 1) / multiple) * multiple;
}

// @ts-ignore: decorator
@inline
export function narrowPanels(columns: i32): i32 {
  const units = upTo(columns, LANES) / LANES;
  return units == 1 ? 1 : (3 - (units % 3)) % 3;
}

// @ts-ignore: decorator
@inline
export function widePanels(columns: i32): i32 {
  return max(upTo(columns, LANES) - NARROW * narrowPanels(columns), 0) / WIDE;
}
