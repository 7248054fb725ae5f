/**
 * Layers of pairs of signals, two pairs a register. What is computed, in which order: src/pairs-plain.ts, which gives the
 * same bits.
 *
 * A layer goes over all pairs before the next begins, so that one pair's arithmetic hides another's latency. What gaps
 * need of lengths is kept in the memory: once both lengths of a register stay, only gaps are computed. Loops test at
 * their end, since compilers keep constants in registers then.
 */

const PAIRS: usize = 128;
const BYTES: usize = 8 * PAIRS;
/** Arrays of PAIRS numbers: what callers write */
const LENGTHS: usize = 0;
const GAPS: usize = BYTES;
/** σ_w² (2/π) */
const WEIGHTS: usize = 2 * BYTES;
const BIASES: usize = 3 * BYTES;
/** Registers of 0 where lengths are new */
const SETTLED: usize = 4 * BYTES;
/** What `moveLengths` leaves for `moveGaps`, in the names of src/pairs-plain.ts */
const Y: usize = 5 * BYTES;
const REST: usize = 6 * BYTES;
const ANGLE: usize = 7 * BYTES;
const COSINE_SQUARE: usize = 8 * BYTES;
const COSINE: usize = 9 * BYTES;
const SCALE: usize = 10 * BYTES;
/** Gaps and sines up to which the short way is exact: 1/2, or −1 where gaps stay */
const LIMIT: usize = 11 * BYTES;

/** The coefficients of `series`, one after the other */
const COEFFICIENTS: usize = 12 * BYTES;

const LONGEST: f64 = 1e300;
const ROUNDING: f64 = 2.220446049250313e-16;
const NO_CUBE: f64 = 1e-40;
const HALF_PI: f64 = 1.5707963267948966;
const HALF_PI_REST: f64 = 6.123233995736766e-17;

// @ts-ignore: decorator
@inline
function number(x: f64): v128 {
  return f64x2.splat(x);
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @ts-ignore: decorator
@inline
function less(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** a + b c */
// @ts-ignore: decorator
@inline
function linear(a: v128, b: v128, c: v128): v128 {
  return f64x2.add(a, f64x2.mul(b, c));
}

// @ts-ignore: decorator
@inline
function choose(a: v128, b: v128, first: v128): v128 {
  return v128.bitselect(a, b, first);
}

// @ts-ignore: decorator
@inline
function coefficient(index: usize): v128 {
  return v128.load_splat<f64>(COEFFICIENTS + 8 * index);
}

// @ts-ignore: decorator
@inline
function series(t: v128, square: v128): v128 {
  const z = f64x2.pmax(square, number(NO_CUBE));
  const p0 = linear(coefficient(0), coefficient(1), z);
  const p1 = linear(coefficient(2), coefficient(3), z);
  const p2 = linear(coefficient(4), coefficient(5), z);
  const p3 = linear(coefficient(6), coefficient(7), z);
  const p4 = linear(coefficient(8), coefficient(9), z);
  const p5 = linear(coefficient(10), coefficient(11), z);
  const z2 = times(z, z);
  const z4 = times(z2, z2);
  const high = linear(linear(p2, p3, z2), linear(p4, p5, z2), z4);
  return linear(t, t, times(z, linear(linear(p0, p1, z2), high, z4)));
}

// @ts-ignore: decorator
@inline
function arcsine(x: v128, rest: v128): v128 {
  const half = times(rest, number(0.5));
  // The minima choose: x ≤ √half and x² ≤ half just where x ≤ 1/2.
  const angle = series(f64x2.pmin(f64x2.sqrt(half), x), f64x2.pmin(half, times(x, x)));
  const turned = less(number(HALF_PI), less(plus(angle, angle), number(HALF_PI_REST)));
  return choose(angle, turned, f64x2.le(x, number(0.5)));
}

// @ts-ignore: decorator
@inline
function moveLengths(at: usize): void {
  const q = v128.load(at, LENGTHS);
  const weight = v128.load(at, WEIGHTS);
  const finite = f64x2.pmin(q, number(LONGEST));
  const double = plus(finite, finite);
  const rest = f64x2.div(number(1), plus(number(1), double));
  const y = times(double, rest);
  const cosineSquare = times(times(plus(number(1), plus(double, double)), rest), rest);
  const angle = arcsine(y, rest);
  const image = linear(v128.load(at, BIASES), weight, angle);
  const stays = f64x2.lt(f64x2.abs(less(image, q)), times(image, number(ROUNDING)));
  const next = choose(q, image, stays);
  const moves = v128.and(f64x2.gt(next, number(0)), f64x2.lt(next, number(Infinity)));
  v128.store(at, next, LENGTHS);
  v128.store(at, f64x2.eq(next, q), SETTLED);
  v128.store(at, y, Y);
  v128.store(at, rest, REST);
  v128.store(at, angle, ANGLE);
  v128.store(at, cosineSquare, COSINE_SQUARE);
  v128.store(at, f64x2.sqrt(cosineSquare), COSINE);
  v128.store(at, f64x2.pmin(f64x2.div(weight, next), number(f64.MAX_VALUE)), SCALE);
  v128.store(at, choose(number(0.5), number(-1), moves), LIMIT);
}

// @ts-ignore: decorator
@inline
function moveGaps(at: usize): void {
  const gap = v128.load(at, GAPS);
  const y = v128.load(at, Y);
  const scale = v128.load(at, SCALE);
  const limit = v128.load(at, LIMIT);
  const c = less(number(1), gap);
  const other = less(number(2), gap);
  const spread = times(gap, other);
  const root = f64x2.sqrt(linear(v128.load(at, COSINE_SQUARE), times(y, y), spread));
  const sine = f64x2.div(times(y, spread), linear(root, c, v128.load(at, COSINE)));
  if (!v128.any_true(f64x2.gt(f64x2.pmax(gap, sine), limit))) {
    v128.store(at, times(series(sine, times(sine, sine)), scale), GAPS);
    return;
  }
  const near = f64x2.le(gap, number(0.5));
  const distance = linear(v128.load(at, REST), y, f64x2.pmin(other, gap));
  const x = choose(sine, times(y, f64x2.abs(c)), near);
  const part = arcsine(x, choose(less(number(1), sine), distance, near));
  const signed = v128.xor(part, v128.and(c, number(-0.0)));
  const turn = less(v128.load(at, ANGLE), signed);
  const half = f64x2.div(
    times(times(v128.load(at, WEIGHTS), number(0.5)), turn),
    v128.load(at, LENGTHS),
  );
  const next = choose(times(part, scale), plus(half, half), near);
  v128.store(at, choose(gap, f64x2.pmin(next, number(2)), f64x2.lt(limit, number(0))), GAPS);
}

/** The first `count` pairs, at least 1, by `layers` layers, at least 1 */
export function advance(count: i32, layers: i32): void {
  const end: usize = 8 * count;
  do {
    let at: usize = 0;
    do {
      if (!i64x2.all_true(v128.load(at, SETTLED))) moveLengths(at);
      moveGaps(at);
      at += 16;
    } while (at < end);
    layers--;
  } while (layers > 0);
}
