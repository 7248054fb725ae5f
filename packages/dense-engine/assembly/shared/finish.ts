/** What is done to an entry of a product before it is stored. */

export const KEEP: i32 = 0;
/** x above 0, a x below, 0 ≤ a ≤ 1: the activation of a layer */
export const BEND: i32 = 1;
/** Times the factor of the same place */
export const TIMES: i32 = 2;
/** Times 1 where the factor of the same place is above 0, a elsewhere */
export const GATE: i32 = 3;

// @ts-ignore: decorator
@inline
export function bend(x: v128, slope: v128): v128 {
  return f32x4.pmax(x, f32x4.mul(slope, x));
}

/** x times 1 where the sign is above 0, times a elsewhere. */
// @ts-ignore: decorator
@inline
export function gate(x: v128, sign: v128, slope: v128): v128 {
  const flip = v128.xor(f32x4.splat(1), slope);
  const above = f32x4.gt(sign, f32x4.splat(0));
  return f32x4.mul(x, v128.xor(slope, v128.and(above, flip)));
}

/** @param factors address of the factors of these four entries */
// @ts-ignore: decorator
@inline
export function finished(x: v128, finish: i32, factors: usize, slope: v128): v128 {
  if (finish == KEEP) return x;
  if (finish == BEND) return bend(x, slope);
  if (finish == TIMES) return f32x4.mul(x, v128.load(factors));
  return gate(x, v128.load(factors), slope);
}
