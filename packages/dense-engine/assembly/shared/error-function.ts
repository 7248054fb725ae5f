/**
 * The tail of the error function in float32, by polynomials fitted minimax in relative error (1e-9, 6e-9).
 *
 *   |x| ≤ 1  erf(x) = x P(x²)
 *   |x| > 1  erfc(|x|) = e^{−x²} t Q(t), t = 2/(2 + |x|)
 */

import { madd, splat } from './fused';

/** P(x²) */
// @ts-ignore: decorator
@inline
export function centre(square: v128): v128 {
  let p = splat(7.853860734030604e-5);
  p = madd(p, square, splat(-0.0008010193705558777));
  p = madd(p, square, splat(0.005188327748328447));
  p = madd(p, square, splat(-0.026853810995817184));
  p = madd(p, square, splat(0.1128358542919159));
  p = madd(p, square, splat(-0.3761262595653534));
  return madd(p, square, splat(1.1283791065216064));
}

/** erfc(size), for size > 1, from e^{−size²} */
// @ts-ignore: decorator
@inline
export function tail(size: v128, exponential: v128): v128 {
  const t = f32x4.div(splat(2), f32x4.add(splat(2), size));
  let q = splat(0.09280213713645935);
  q = madd(q, t, splat(-0.3795120120048523));
  q = madd(q, t, splat(0.42882877588272095));
  q = madd(q, t, splat(0.004851107019931078));
  q = madd(q, t, splat(0.295811265707016));
  q = madd(q, t, splat(0.27449390292167664));
  q = madd(q, t, splat(0.28259310126304626));
  return f32x4.mul(exponential, f32x4.mul(t, q));
}
