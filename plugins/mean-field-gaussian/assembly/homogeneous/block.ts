/**
 * Layers of pairs of signals under a homogeneous activation, two pairs a register. What is computed, in which order:
 * src/homogeneous/block-plain.ts, which gives the same bits.
 *
 * A layer goes over all pairs before the next begins, so that one pair's arithmetic hides another's latency. Loops test
 * at their end, since compilers keep constants in registers then.
 */

/** Arrays of 128 numbers, in the names of src/homogeneous/block.ts */
const BYTES: usize = 8 * 128;
const WEIGHTS: usize = 0;
const BIASES: usize = BYTES;
const LENGTHS: usize = 2 * BYTES;
const SINES: usize = 3 * BYTES;
const FACTORS: usize = 4 * BYTES;
/** [cells, 5] */
const TABLE: usize = 5 * BYTES;
const CELL_BYTES: usize = 8 * 5;

// @ts-ignore: decorator
@inline
function moveLengths(at: usize, growth: f64): v128 {
  const weight = v128.load(at, WEIGHTS);
  const length = v128.load(at, LENGTHS);
  const grown = f64x2.mul(f64x2.mul(weight, f64x2.splat(growth)), length);
  const next = f64x2.add(grown, v128.load(at, BIASES));
  const ratio = f64x2.pmin(f64x2.div(length, next), f64x2.splat(f64.MAX_VALUE));
  const factor = f64x2.sqrt(f64x2.mul(weight, ratio));
  const lives = v128.and(f64x2.gt(next, f64x2.splat(0)), f64x2.lt(next, f64x2.splat(Infinity)));
  const stays = f64x2.eq(next, length);
  const known = v128.load(at, FACTORS);
  const isNew = f64x2.eq(known, f64x2.splat(0));
  const found = v128.bitselect(factor, f64x2.splat(-1), lives);
  const kept = v128.bitselect(v128.and(found, v128.or(stays, v128.not(lives))), known, isNew);
  v128.store(at, kept, FACTORS);
  v128.store(at, v128.bitselect(next, length, isNew), LENGTHS);
  return v128.bitselect(found, known, isNew);
}

/** The first `count` pairs, at least 1, by `layers` layers, at least 1 */
export function advance(count: i32, layers: i32, growth: f64, density: f64, cells: i32): void {
  const end: usize = 8 * count;
  const scale = f64x2.splat(density);
  const last = i32x4.splat(cells - 1);
  do {
    let at: usize = 0;
    do {
      let factor = v128.load(at, FACTORS);
      if (v128.any_true(f64x2.eq(factor, f64x2.splat(0)))) factor = moveLengths(at, growth);
      const s = v128.load(at, SINES);
      const y = f64x2.mul(s, scale);
      const cell = i32x4.min_s(i32x4.trunc_sat_f64x2_s_zero(y), last);
      const v = f64x2.sub(y, f64x2.convert_low_i32x4_s(cell));
      const first: usize = CELL_BYTES * i32x4.extract_lane(cell, 0);
      const second: usize = CELL_BYTES * i32x4.extract_lane(cell, 1);
      const low1 = v128.load(first, TABLE);
      const low2 = v128.load(second, TABLE);
      const high1 = v128.load(first, TABLE + 16);
      const high2 = v128.load(second, TABLE + 16);
      const top = v128.load64_lane(second, v128.load64_splat(first, TABLE + 32), 1, TABLE + 32);
      const low = f64x2.add(
        i64x2.shuffle(low1, low2, 0, 2),
        f64x2.mul(v, i64x2.shuffle(low1, low2, 1, 3)),
      );
      const square = f64x2.mul(v, v);
      const high = f64x2.add(
        f64x2.add(i64x2.shuffle(high1, high2, 0, 2), f64x2.mul(v, i64x2.shuffle(high1, high2, 1, 3))),
        f64x2.mul(square, top),
      );
      const carried = f64x2.mul(f64x2.mul(s, factor), f64x2.add(low, f64x2.mul(square, high)));
      v128.store(at, v128.bitselect(s, carried, f64x2.lt(factor, f64x2.splat(0))), SINES);
      at += 16;
    } while (at < end);
    layers--;
  } while (layers > 0);
}
