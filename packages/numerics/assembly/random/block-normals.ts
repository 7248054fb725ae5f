/**
 * Normals within a block of a stream, with the operations of src/random/block-normals-plain.ts in their order: xoshiro128++ and
 * the ziggurat, and here its wedges too. The tail is left to the caller.
 *
 * Memory: four words of state; the draws that the block has left; the layer of a point that was drawn and not placed, −1 for
 * none; the point. Then of each layer the scale of its positions and the edge of its inner rectangle; the heights of layers;
 * and from `OUT` on the numbers that are written. The inner loop calls nothing, so that its state stays in registers.
 */

// @ts-ignore: decorator
@external("math", "exp")
declare function exp(x: f64): f64;

const LEFT: usize = 16;
const PENDING_LAYER: usize = 20;
const PENDING_POINT: usize = 24;
const LAYERS: usize = 32;
const HEIGHTS: usize = LAYERS + 256 * 16;
const OUT: usize = HEIGHTS + 257 * 8;

/** xoshiro128++ on the state in memory */
function draw(): u32 {
  const a = load<i32>(0), b = load<i32>(4);
  const c = load<i32>(8) ^ a;
  const d = load<i32>(12) ^ b;
  const sum = a + load<i32>(12);
  store<i32>(0, a ^ d);
  store<i32>(4, b ^ c);
  store<i32>(8, c ^ (b << 9));
  store<i32>(12, rotl(d, 11));
  return rotl(sum, 7) + a;
}

/** Whether a point beyond the inner rectangle of its layer lies under the density. */
function inWedge(layer: i32, x: f64): bool {
  const high = <f64>(draw() >>> 5) * 67108864.0;
  const uniform = (high + <f64>(draw() >>> 6)) * 1.1102230246251565e-16;
  const height = HEIGHTS + ((<usize>layer) << 3);
  const bottom = load<f64>(height);
  return bottom + uniform * (load<f64>(height, 8) - bottom) < exp(-0.5 * x * x);
}

// @ts-ignore: decorator
@inline
function fillAs<T>(count: i32, deviation: f64): i32 {
  const end = OUT + <usize>count * sizeof<T>();
  const left = load<i32>(LEFT);
  let out = OUT;
  // Where the block would end if every two draws gave a number
  let last = OUT + <usize>(left >>> 1) * sizeof<T>();
  store<i32>(PENDING_LAYER, -1);
  while (out < end && out < last) {
    const stop = min(end, last);
    let a = load<i32>(0), b = load<i32>(4), c = load<i32>(8), d = load<i32>(12);
    let layer = 0;
    let x: f64 = 0;
    do {
      let sum = a + d;
      const low = rotl(sum, 7) + a;
      let shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotl(d, 11);
      sum = a + d;
      const high = rotl(sum, 7) + a;
      shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = rotl(d, 11);
      layer = low & 0xff;
      const at = LAYERS + ((<usize>layer) << 4);
      x = <f64>(((<i64>high) << 22) + <i64>((low >>> 10) | 1)) * load<f64>(at);
      if (!(abs(x) < load<f64>(at, 8))) break;
      store<T>(out, <T>(deviation * x));
      out += sizeof<T>();
      layer = -1;
    } while (out < stop);
    store<i32>(0, a);
    store<i32>(4, b);
    store<i32>(8, c);
    store<i32>(12, d);
    if (layer < 0) break;
    // Two draws for the point; two more for the wedge, where the block has them
    last -= sizeof<T>();
    if (layer == 0 || out >= last) {
      store<i32>(PENDING_LAYER, layer);
      store<f64>(PENDING_POINT, x);
      break;
    }
    last -= sizeof<T>();
    if (inWedge(layer, x)) {
      store<T>(out, <T>(deviation * x));
      out += sizeof<T>();
      last += sizeof<T>();
    }
  }
  store<i32>(LEFT, 2 * <i32>((last - out) / sizeof<T>()) + (left & 1));
  return <i32>((out - OUT) / sizeof<T>());
}

/** Writes normals of the deviation, in float32 where `single`, until there are `count`, the block ends or a point is pending. */
export function fill(count: i32, deviation: f64, single: i32): i32 {
  return single ? fillAs<f32>(count, deviation) : fillAs<f64>(count, deviation);
}
