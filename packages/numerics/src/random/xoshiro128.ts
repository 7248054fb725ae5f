/**
 * xoshiro128++ 1.0, the generator inside a block of a stream: 128 bits of state, period 2¹²⁸ − 1.
 *
 * Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021), arXiv:1805.01407.
 * Integer arithmetic, exact on every machine.
 */

/** Advances the four words of state, which must not all be 0, and returns the draw as a SIGNED 32-bit integer. */
export function nextXoshiro128(state: Int32Array): number {
  const s0 = state[0]!;
  const s1 = state[1]!;
  const s2 = state[2]! ^ s0;
  const s3 = state[3]! ^ s1;
  const sum = (s0 + state[3]!) | 0;
  state[0] = s0 ^ s3;
  state[1] = s1 ^ s2;
  state[2] = s2 ^ (s1 << 9);
  state[3] = (s3 << 11) | (s3 >>> 21);
  return (((sum << 7) | (sum >>> 25)) + s0) | 0;
}
