/**
 * erf(x) = (2/√π) ∫₀ˣ e^{−t²} dt, erfc = 1 − erf, and the scaled erfcx(x) = e^{x²} erfc(x).
 *
 * Method: |x| < 0.75: erf(x) = x + x P(x²). Above: erfc = e^{−x²} erfcx(x), erfcx by one polynomial for each of
 * [0.75, 1.5], [1.5, 3], [3, 6], and P(1/x²)/x beyond; e^{−x²} with x² split so that its rounding does not
 * enter the exponent. The polynomials interpolate at Chebyshev points; `test/fixtures/coefficients.py` makes them.
 *
 * Measured error in ulps, 150 points an interval against mpmath: erf below 0.9 everywhere; erfc 0.6 below −0.75,
 * 1.1 on [−0.75, 0.75], 1.6 on [0.75, 1.5], 2.0 on [1.5, 3], 1.8 on [3, 6], 2.8 on [6, 26.5] (beyond, subnormal
 * results round to their own spacing); erfcx 1.7 on [0, 1e200].
 */

import { horner } from './horner.js';

const ERF_EXCESS: readonly number[] = [
  0.030952815601264103, -0.0896037671090999, 0.007314485234578211, -0.0004808724780316299,
  2.5991645175708047e-5, -1.1865684211512846e-6, 4.678558328020023e-8, -1.621795078119707e-9,
  5.0129574657405745e-11, -1.3976183787023238e-12, 3.5480038791507745e-14, -8.277859304013306e-16,
  1.7815598369389962e-17,
];
const SCALED_FROM_075: readonly number[] = [
  0.3956980795529959, -0.08927193303797692, 0.017983445686743576, -0.003311399622913722,
  0.0005659626668898867, -9.076002875098074e-5, 1.3766370974625868e-5, -1.9872689411149342e-6,
  2.7437917986541355e-7, -3.637910064243745e-8, 4.647488820721534e-9, -5.736749742953621e-10,
  6.851686510738894e-11, -7.95203483404943e-12, 9.416116413421608e-13, -1.0325895842630766e-13,
];
const SCALED_FROM_150: readonly number[] = [
  0.23108725873039188, -0.06636487710656187, 0.01799585291852205, -0.004641494381623108, 0.001145072748845768,
  -0.00027141213039929147, 6.203181699788344e-5, -1.3711609150693113e-5, 2.938639469656719e-6,
  -6.119615124942491e-7, 1.240590191226888e-7, -2.452298097967961e-8, 4.734992174059793e-9,
  -8.935606652120681e-10, 1.6354623529743163e-10, -2.9622036934621625e-11, 6.068962795459959e-12,
  -1.0526381001546833e-12,
];
const SCALED_FROM_300: readonly number[] = [
  0.12248480427384141, -0.039023892946409726, 0.012179532227877902, -0.003727944394165681,
  0.0011201614260418374, -0.0003307141044022273, 9.60143347758442e-5, -2.743142179703869e-5,
  7.717538053863509e-6, -2.1394021453960187e-6, 5.847028791800302e-7, -1.5762533999782487e-7,
  4.192675211805192e-8, -1.1012856695789538e-8, 2.868645559181467e-9, -7.351831401563509e-10,
  1.7650511943055457e-10, -4.432659616480349e-11, 1.559131038017047e-11, -3.799301085465978e-12,
];
/** x erfcx(x) on x ≥ 6, in 72/x² − 1 */
const SCALED_TAIL: readonly number[] = [
  0.5603505205560211, -0.003762724873077514, 7.387138313213586e-5, -2.357833330711736e-6,
  1.0286465755539379e-7, -5.637655105792961e-9, 3.6926497084086946e-10, -2.7969701466274713e-11,
  2.3934462604006862e-12, -2.2723352383480488e-13, 2.3648829684634288e-14, -2.8134918782204954e-15,
  3.435968707153626e-16,
];

/** The whole range of the first polynomial; erfc(−x) rounds to 2 and erfc(x) underflows beyond 27.3. */
const SMALL = 0.75;

/** e^{−a x²} for a = 1 or ½ without the relative error a x² ε that rounding x² would cause. */
export function expOfMinusSquare(x: number, a: 1 | 0.5): number {
  const head = Math.fround(x);
  // head² is exact: 24 bits squared fit in 53.
  // Beyond underflow the second factor may be infinite.
  if (!(a * head * head < 760)) return 0;
  return Math.exp(-a * head * head) * Math.exp(-a * (x - head) * (x + head));
}

/** (2x − a − b)/(b − a): maps [a, b] to [−1, 1]. */
const centred = (x: number, a: number, b: number): number => (2 * x - a - b) / (b - a);

/** erf for |x| < 0.75 */
const smallErf = (x: number): number => x + x * horner(ERF_EXCESS, centred(x * x, 0, SMALL * SMALL));

/** e^{x²} erfc(x), the scaled complementary error function, for x ≥ 0; it falls like 1/(x√π). */
export function erfcx(x: number): number {
  if (x < SMALL) return Math.exp(x * x) * (1 - smallErf(x));
  if (x < 1.5) return horner(SCALED_FROM_075, centred(x, 0.75, 1.5));
  if (x < 3) return horner(SCALED_FROM_150, centred(x, 1.5, 3));
  if (x < 6) return horner(SCALED_FROM_300, centred(x, 3, 6));
  return horner(SCALED_TAIL, 72 / x / x - 1) / x;
}

/** The error function; odd, within [−1, 1]. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < SMALL) return smallErf(x);
  return Math.sign(x) * (1 - erfc(size));
}

/** The complementary error function, accurate relative to itself until it underflows at x = 27.23. */
export function erfc(x: number): number {
  if (x < -SMALL) return 2 - erfc(-x);
  if (x < SMALL) return 1 - smallErf(x);
  return expOfMinusSquare(x, 1) * erfcx(x);
}
