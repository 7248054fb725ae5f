/** Losses of rows of outputs, and their gradients by them, [rows, stride] with columns beyond `width` 0. */

import { exponential } from './exponential';
import { splat } from './fused';

/** Lanes of the `width` first columns, at `column` */
// @ts-ignore: decorator
@inline
function within(column: i32, width: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(column), i32x4(0, 1, 2, 3)), i32x4.splat(width));
}

// @ts-ignore: decorator
@inline
function widen(x: v128): v128 {
  return f64x2.add(
    f64x2.promote_low_f32x4(x),
    f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3)),
  );
}

// @ts-ignore: decorator
@inline
function sumOf(x: v128): f64 {
  return f64x2.extract_lane(x, 0) + f64x2.extract_lane(x, 1);
}

/**
 * @param gradient where not 0: scale (y − t)
 * @returns Σ (y − t)² over rows and columns
 */
export function squaredError(
  outputs: usize,
  targets: usize,
  rows: i32,
  width: i32,
  stride: i32,
  gradient: usize,
  scale: f32,
): f64 {
  let sum = f64x2.splat(0);
  const bytes = 4 * <usize>stride;
  for (let row = 0; row < rows; row++) {
    const start = <usize>row * bytes;
    for (let column = 0; column < stride; column += 4) {
      const place = start + 4 * <usize>column;
      const difference = v128.and(
        f32x4.sub(v128.load(outputs + place), v128.load(targets + place)),
        within(column, width),
      );
      const low = f64x2.promote_low_f32x4(difference);
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(difference, difference, 2, 3, 2, 3));
      sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
      if (gradient) v128.store(gradient + place, f32x4.mul(splat(scale), difference));
    }
  }
  return sumOf(sum);
}

// @ts-ignore: decorator
@inline
function largestOf(row: usize, width: i32): i32 {
  let largest = 0;
  for (let column = 1; column < width; column++) {
    if (load<f32>(row + 4 * <usize>column) > load<f32>(row + 4 * <usize>largest)) largest = column;
  }
  return largest;
}

/**
 * Softmax with the largest output subtracted first, so that no exponential overflows.
 *
 * @param labels class indices, i32
 * @param totals room for two numbers a row, f64: Σ exp(y − y_max), and y_max − y_label, so that the row's loss is the
 * logarithm of the first plus the second
 * @param gradient where not 0: scale (probability − 1 at the label)
 * @returns rows whose largest output is the label
 */
export function crossEntropy(
  outputs: usize,
  labels: usize,
  rows: i32,
  width: i32,
  stride: i32,
  totals: usize,
  gradient: usize,
  scale: f32,
): i32 {
  let correct = 0;
  const bytes = 4 * <usize>stride;
  for (let row = 0; row < rows; row++) {
    const label = load<i32>(labels + 4 * <usize>row);
    const largest = largestOf(outputs, width);
    const top = load<f32>(outputs + 4 * <usize>largest);
    let sum = f64x2.splat(0);
    for (let column = 0; column < stride; column += 4) {
      const shifted = f32x4.sub(v128.load(outputs + 4 * <usize>column), splat(top));
      const e = v128.and(exponential(shifted), within(column, width));
      sum = f64x2.add(sum, widen(e));
      if (gradient) v128.store(gradient + 4 * <usize>column, e);
    }
    const total = sumOf(sum);
    store<f64>(totals, total);
    store<f64>(totals, <f64>top - <f64>load<f32>(outputs + 4 * <usize>label), 8);
    if (gradient) {
      // 1 less a probability near 1 would cancel: the others are summed instead.
      const place = gradient + 4 * <usize>label;
      const others = total - <f64>load<f32>(place);
      const factor = splat(<f32>(<f64>scale / total));
      for (let column = 0; column < stride; column += 4) {
        const at = gradient + 4 * <usize>column;
        v128.store(at, f32x4.mul(v128.load(at), factor));
      }
      store<f32>(place, <f32>((-(<f64>scale) * others) / total));
      gradient += bytes;
    }
    if (largest == label) correct++;
    outputs += bytes;
    totals += 16;
  }
  return correct;
}
