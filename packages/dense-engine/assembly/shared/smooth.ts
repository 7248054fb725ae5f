/**
 * Smooth activations and their derivatives together, since they share an exponential, which is at most 1 everywhere.
 *
 * Each writes φ(x) to `value` and returns φ'(x). Measured errors: README.
 */

import { centre, tail } from './error-function';
import { exponential } from './exponential';
import { madd, splat } from './fused';

// @ts-ignore: decorator
@inline
function signed(size: v128, x: v128): v128 {
  return v128.or(size, v128.and(x, splat(-0.0)));
}

/** |x| < 0.625: x + x³ P(x²), minimax 4e-9; beyond ±(1 − e)/(1 + e), e = e^{−2|x|}; φ' = 4e/(1 + e)² */
// @ts-ignore: decorator
@inline
export function tanh(x: v128, value: usize): v128 {
  const one = splat(1);
  const size = f32x4.abs(x);
  const e = exponential(f32x4.mul(size, splat(-2)));
  const inverse = f32x4.div(one, f32x4.add(one, e));
  const square = f32x4.mul(x, x);
  let p = splat(-0.005717045161873102);
  p = madd(p, square, splat(0.02065058797597885));
  p = madd(p, square, splat(-0.05374349653720856));
  p = madd(p, square, splat(0.13331490755081177));
  p = madd(p, square, splat(-0.3333328366279602));
  const near = madd(f32x4.mul(p, square), x, x);
  const far = signed(f32x4.mul(f32x4.sub(one, e), inverse), x);
  v128.store(value, v128.bitselect(near, far, f32x4.lt(size, splat(0.625))));
  return f32x4.mul(f32x4.mul(splat(4), e), f32x4.mul(inverse, inverse));
}

/** φ' = (2/√π) e^{−x²} */
// @ts-ignore: decorator
@inline
export function erf(x: v128, value: usize): v128 {
  const size = f32x4.abs(x);
  const square = f32x4.mul(x, x);
  const e = exponential(f32x4.neg(square));
  const far = signed(f32x4.sub(splat(1), tail(size, e)), x);
  // The comparison fails for what is not a number, and `far` carries it.
  v128.store(value, v128.bitselect(f32x4.mul(x, centre(square)), far, f32x4.le(size, splat(1))));
  return f32x4.mul(splat(1.1283791670955126), e);
}

/** x Φ(x); φ' = Φ(x) + x n(x), with Φ from the side that does not cancel */
// @ts-ignore: decorator
@inline
export function gelu(x: v128, value: usize): v128 {
  const half = splat(0.5);
  const y = f32x4.mul(x, splat(0.7071067811865476));
  const size = f32x4.abs(y);
  const square = f32x4.mul(y, y);
  const e = exponential(f32x4.neg(square));
  const inner = madd(f32x4.mul(y, half), centre(square), half);
  const lower = f32x4.mul(half, tail(size, e));
  const outer = v128.bitselect(f32x4.sub(splat(1), lower), lower, f32x4.gt(y, splat(0)));
  const normal = v128.bitselect(inner, outer, f32x4.le(size, splat(1)));
  v128.store(value, f32x4.mul(x, normal));
  return madd(f32x4.mul(x, splat(0.3989422804014327)), e, normal);
}

/** σ(t) and σ(−t) from e^{−|t|}: `open` and its complement without cancellation. */
// @ts-ignore: decorator
@inline
function gatedBy(x: v128, t: v128, slope: v128, value: usize): v128 {
  const one = splat(1);
  const e = exponential(f32x4.neg(f32x4.abs(t)));
  const inverse = f32x4.div(one, f32x4.add(one, e));
  const other = f32x4.mul(e, inverse);
  const positive = f32x4.ge(t, splat(0));
  const open = v128.bitselect(inverse, other, positive);
  v128.store(value, f32x4.mul(x, open));
  return madd(f32x4.mul(x, slope), f32x4.mul(inverse, other), open);
}

/** x σ(βx) */
// @ts-ignore: decorator
@inline
export function silu(x: v128, beta: f32, value: usize): v128 {
  return gatedBy(x, f32x4.mul(x, splat(beta)), splat(beta), value);
}

/** x σ(y), y = √(8/π)(x + 0.044715 x³) */
// @ts-ignore: decorator
@inline
export function tanhGelu(x: v128, value: usize): v128 {
  const steepness = splat(1.5957691216057308);
  const cubic = f32x4.mul(f32x4.mul(x, x), splat(0.044715));
  const y = f32x4.mul(f32x4.mul(x, steepness), f32x4.add(cubic, splat(1)));
  return gatedBy(x, y, f32x4.mul(steepness, madd(cubic, splat(3), splat(1))), value);
}
