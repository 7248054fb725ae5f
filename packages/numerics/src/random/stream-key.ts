/**
 * From (seed, path) to the state of a generator.
 *
 * The first 128 bits of SHA-256 of the seed and the path name a stream: two words are the key of
 * Philox-4x32-10, two the upper half of its counter. The lower half counts blocks, so the state with which
 * block i of a stream starts is found directly, and never depends on what was drawn before or elsewhere.
 */

import { MeanfieldError, show } from '@meanfield/core';
import { sha256 } from '@noble/hashes/sha2.js';

import { philox4x32, type Words4 } from './philox.js';

const FORMAT = 'meanfield stream 1';
const LONE_SURROGATE = /\p{Surrogate}/u;

/** @throws MeanfieldError INVALID_ARGUMENT */
export function requireSeed(seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: 'a seed that is an integer from 0 to 2^53 − 1',
    found: show(seed),
    remedy: 'choose such a seed',
  });
}

/** A name, or several joined by '/', as it stands in a path. Throws INVALID_ARGUMENT. */
export function requireName(name: string | number): string {
  const text = String(name);
  const valid =
    typeof name === 'number'
      ? Number.isSafeInteger(name) && name >= 0
      : !text.split('/').includes('') && !LONE_SURROGATE.test(text);
  if (valid) return text;
  throw new MeanfieldError({
    code: 'INVALID_ARGUMENT',
    expected: "a stream's name: an integer from 0, or text whose parts between slashes are not empty",
    found: show(name),
    remedy: 'name the stream, as in network/17/layer/3/weights',
  });
}

/** The 128 bits that name a stream. The seed has no NUL in it, so different pairs give different texts. */
export function streamKey(seed: number, path: string): Words4 {
  const digest = sha256(new TextEncoder().encode(`${FORMAT}\0${seed}\0${path}`));
  const words = new DataView(digest.buffer, digest.byteOffset);
  const word = (index: number): number => words.getUint32(4 * index, true);
  return [word(0), word(1), word(2), word(3)];
}

/** Writes the state of xoshiro128++ with which a block begins. */
export function startBlock(key: Words4, block: number, state: Int32Array): void {
  const counter: Words4 = [block >>> 0, Math.floor(block / 2 ** 32), key[2], key[3]];
  state.set(philox4x32(counter, [key[0], key[1]]));
  // The one state that the generator cannot leave, met once in 2¹²⁸ blocks.
  if (state.every((word) => word === 0)) state[0] = 1;
}
