/**
 * e^x in float32: x = n ln 2 + r, |r| ≤ (ln 2)/2, a polynomial of degree 6 in r (minimax in relative error, 2e-9), times 2ⁿ.
 * 0 below −87, where e^x leaves normal float32; callers stay below 88. What is not a number stays so.
 */

import { madd, splat } from './fused';

const LOG2_E: f32 = 1.4426950408889634;
/** 1.5 · 2²³: a sum with it is rounded to a whole number */
const ROUNDER: f32 = 12582912;
/** ln 2 in two parts: the first has 9 bits, so that n times it is exact */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440054691e-4;

// @ts-ignore: decorator
@inline
export function exponential(x: v128): v128 {
  const low = splat(-87);
  const shifted = madd(x, splat(LOG2_E), splat(ROUNDER));
  const n = f32x4.sub(shifted, splat(ROUNDER));
  const r = madd(n, splat(-LN2_LOW), madd(n, splat(-LN2_HIGH), x));
  let p = splat(0.001383684459142387);
  p = madd(p, r, splat(0.008374815806746483));
  p = madd(p, r, splat(0.04166822507977486));
  p = madd(p, r, splat(0.16666419804096222));
  p = madd(p, r, splat(0.49999991059303284));
  p = madd(p, r, splat(1));
  p = madd(p, r, splat(1));
  // The low bits of `shifted` are n.
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, low));
}
