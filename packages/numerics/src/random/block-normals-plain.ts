/** Normals within a block in plain TypeScript: the bits of assembly/random/block-normals.ts. */

import type { FloatArray } from '@meanfield/core';

import type { BlockDraws } from './block-normals.js';
import { EDGES, oddPosition, SCALES } from './ziggurat.js';

/** Fills `out` from `start` until `end`, the block's end, or a point beyond the inner rectangle of its layer, which is left pending. */
export function fillPlain(
  draws: BlockDraws,
  out: FloatArray,
  deviation: number,
  start: number,
  end: number,
): number {
  const { state } = draws;
  // Local: module bindings cost a lookup each where a bundler or a test runner wraps them.
  const scales = SCALES;
  const edges = EDGES;
  const limit = Math.min(end, start + (draws.left >>> 1));
  let s0 = state[0]!;
  let s1 = state[1]!;
  let s2 = state[2]!;
  let s3 = state[3]!;
  let index = start;
  while (index < limit) {
    let sum = (s0 + s3) | 0;
    const low = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    let shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    sum = (s0 + s3) | 0;
    const high = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    const layer = low & 0xff;
    const x = oddPosition(high, low) * scales[layer]!;
    if (!(Math.abs(x) < edges[layer + 1]!)) {
      draws.pendingLayer = layer;
      draws.pendingPoint = x;
      draws.left -= 2;
      break;
    }
    out[index++] = deviation * x;
  }
  draws.left -= 2 * (index - start);
  state[0] = s0;
  state[1] = s1;
  state[2] = s2;
  state[3] = s3;
  return index;
}
