/** a b + c, in one rounding where the build has relaxed SIMD and the processor the instruction. */

// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-ignore: decorator
@inline
export function splat(x: f32): v128 {
  return f32x4.splat(x);
}

/**
 * Whether there is one rounding: (1 + x)(1 − x) − 1 = −x² is 0 with two. The caller passes x = 2⁻¹³, so that no compiler
 * knows the answer.
 */
export function fuses(x: f32): i32 {
  const difference = madd(splat(1 + x), splat(1 - x), splat(-1));
  return f32x4.extract_lane(difference, 0) != 0 ? 1 : 0;
}
