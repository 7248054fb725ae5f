/**
 * Sums over the rows of a block [rows, columns], and a subtraction from all of them, with the operations of
 * src/weights/row-blocks-plain.ts in their order. Entries are float32 where `single`; sums and shifts are float64.
 */

// @ts-ignore: decorator
@inline
function pairAt<T>(at: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(at)) : v128.load(at);
}

// @ts-ignore: decorator
@inline
function storePair<T>(at: usize, pair: v128): void {
  if (sizeof<T>() == 4) v128.store64_lane(at, f32x4.demote_f64x2_zero(pair), 0);
  else v128.store(at, pair);
}

// @ts-ignore: decorator
@inline
function addAs<T>(block: usize, rows: i32, columns: i32, sums: usize): void {
  const row = <usize>columns * sizeof<T>();
  const pairs = <usize>(columns & ~1) * sizeof<T>();
  for (; rows > 3; rows -= 4, block += 4 * row) {
    let to = sums;
    let at = block;
    for (; at < block + pairs; at += 2 * sizeof<T>(), to += 16) {
      const first = f64x2.add(pairAt<T>(at), pairAt<T>(at + row));
      const second = f64x2.add(pairAt<T>(at + 2 * row), pairAt<T>(at + 3 * row));
      v128.store(to, f64x2.add(v128.load(to), f64x2.add(first, second)));
    }
    if (columns & 1) {
      const first = <f64>load<T>(at) + <f64>load<T>(at + row);
      store<f64>(to, load<f64>(to) + (first + (<f64>load<T>(at + 2 * row) + <f64>load<T>(at + 3 * row))));
    }
  }
  for (; rows > 0; rows--) {
    for (let j = 0; j < columns; j++, block += sizeof<T>()) {
      const to = sums + ((<usize>j) << 3);
      store<f64>(to, load<f64>(to) + <f64>load<T>(block));
    }
  }
}

// @ts-ignore: decorator
@inline
function subtractAs<T>(block: usize, rows: i32, columns: i32, shifts: usize): void {
  const pairs = columns >> 1;
  for (; rows > 0; rows--) {
    let from = shifts;
    for (let pair = 0; pair < pairs; pair++, block += 2 * sizeof<T>(), from += 16) {
      storePair<T>(block, f64x2.sub(pairAt<T>(block), v128.load(from)));
    }
    if (columns & 1) {
      store<T>(block, <T>(<f64>load<T>(block) - load<f64>(from)));
      block += sizeof<T>();
    }
  }
}

/** sums[j] += entries of column j */
export function add(block: usize, rows: i32, columns: i32, sums: usize, single: i32): void {
  if (single) addAs<f32>(block, rows, columns, sums);
  else addAs<f64>(block, rows, columns, sums);
}

/** Entries of column j less shifts[j] */
export function subtract(block: usize, rows: i32, columns: i32, shifts: usize, single: i32): void {
  if (single) subtractAs<f32>(block, rows, columns, shifts);
  else subtractAs<f64>(block, rows, columns, shifts);
}
