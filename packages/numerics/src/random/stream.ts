/**
 * Named streams: counter-based blocks (Philox-4x32-10 under SHA-256 of seed and path), xoshiro128++ inside a
 * block, normals by a ziggurat of 256 layers.
 *
 * Domain: any safe integer from 0 as a seed, any path. Resolution: `uniform` 2⁻⁵³; a normal is its layer's
 * width times an odd multiple of 2⁻⁵³, so never 0, and its tail ends at 13.7, beyond which the law has
 * 1e-42. A normal takes two 32-bit draws, 8 bits for the layer and 53 others for sign and position, and in
 * 1.2 % of cases more. Tested: moments to order 8, Kolmogorov–Smirnov, tails to 5 deviations, correlations in
 * and between streams. Bits are the same on every machine whose Math.log and Math.exp come from fdlibm, as
 * those of Node, Chromium and Firefox do.
 */

import { MeanfieldError, show, type FloatArray, type RandomStream } from '@meanfield/core';

import { sampleBeta } from './beta.js';
import { fillBlock, type BlockDraws } from './block-normals.js';
import { openUniform } from './open-uniform.js';
import { multiplyHigh, type Words4 } from './philox.js';
import { requireDeviation } from './require-deviation.js';
import { requireName, requireSeed, startBlock, streamKey } from './stream-key.js';
import { nextXoshiro128 } from './xoshiro128.js';
import { EDGES, HEIGHTS, oddPosition, SCALES, TAIL_START } from './ziggurat.js';

/** Draws of 32 bits in a block. */
export const BLOCK_LENGTH: number = 2 ** 16;

class NamedStream implements RandomStream {
  readonly seed: number;
  readonly path: string;
  readonly #state = new Int32Array(4);
  readonly #draws: BlockDraws = { state: this.#state, left: 0, pendingLayer: -1, pendingPoint: 0 };
  /** Found at the first draw: most streams only name their children. */
  #key: Words4 | undefined;
  #nextBlock = 0;

  constructor(seed: number, path: string) {
    this.seed = seed;
    this.path = path;
  }

  child(name: string | number): RandomStream {
    const text = requireName(name);
    return new NamedStream(this.seed, this.path === '' ? text : `${this.path}/${text}`);
  }

  uint32(): number {
    return this.#int32() >>> 0;
  }

  uniform(): number {
    const high = this.uint32() >>> 5;
    return (high * 0x4000000 + (this.uint32() >>> 6)) * 2 ** -53;
  }

  normal(): number {
    for (;;) {
      const low = this.#int32();
      const layer = low & 0xff;
      const x = oddPosition(this.#int32(), low) * SCALES[layer]!;
      if (Math.abs(x) < EDGES[layer + 1]!) return x;
      const finished = this.#atEdge(layer, x);
      if (finished !== undefined) return finished;
    }
  }

  /** The loop of `normal`, a block at a time: several times as fast. */
  fillNormal(out: FloatArray, deviation: number, start = 0, end: number = out.length): void {
    requireRange(out, deviation, start, end);
    let index = start;
    while (index < end) {
      index = fillBlock(this.#draws, out, deviation, index, end);
      // The block's end, or a point that is not placed yet.
      if (index < end) out[index++] = deviation * (this.#pendingNormal() ?? this.normal());
    }
  }

  #pendingNormal(): number | undefined {
    const { pendingLayer, pendingPoint } = this.#draws;
    this.#draws.pendingLayer = -1;
    return pendingLayer < 0 ? undefined : this.#atEdge(pendingLayer, pendingPoint);
  }

  beta(a: number, b: number): number {
    return sampleBeta(a, b, this);
  }

  /** Lemire, "Fast random integer generation in an interval", ACM TOMACS 29(1), 2019: no bias. */
  integer(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 2 ** 32) {
      throw new MeanfieldError({
        code: 'INVALID_ARGUMENT',
        expected: 'a bound that is an integer from 1 to 2^32',
        found: show(bound),
        remedy: 'choose such a bound',
      });
    }
    if (bound === 2 ** 32) return this.uint32();
    const threshold = (2 ** 32 - bound) % bound;
    for (;;) {
      const draw = this.uint32();
      if (Math.imul(draw, bound) >>> 0 >= threshold) return multiplyHigh(draw, bound);
    }
  }

  #int32(): number {
    const draws = this.#draws;
    if (draws.left === 0) {
      this.#key ??= streamKey(this.seed, this.path);
      startBlock(this.#key, this.#nextBlock++, this.#state);
      draws.left = BLOCK_LENGTH;
    }
    draws.left--;
    return nextXoshiro128(this.#state);
  }

  /** A point outside the inner rectangle of its layer: a normal from the wedge or the tail, or a rejection. */
  #atEdge(layer: number, x: number): number | undefined {
    if (layer === 0) {
      const tail = this.#tail();
      return x < 0 ? -tail : tail;
    }
    const bottom = HEIGHTS[layer]!;
    const height = bottom + this.uniform() * (HEIGHTS[layer + 1]! - bottom);
    return height < Math.exp(-0.5 * x * x) ? x : undefined;
  }

  /** Normal beyond R, by Marsaglia's method (1964): exact. */
  #tail(): number {
    for (;;) {
      const excess = -Math.log(openUniform(this)) / TAIL_START;
      if (-2 * Math.log(openUniform(this)) > excess * excess) return TAIL_START + excess;
    }
  }
}

function requireRange(out: FloatArray, deviation: number, start: number, end: number): void {
  requireDeviation(out, deviation);
  if (!(
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    0 <= start &&
    start <= end &&
    end <= out.length
  )) {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected: `a range within the ${out.length} entries of the array`,
      found: `${show(start)} to ${show(end)}`,
      remedy: 'pass 0 ≤ start ≤ end ≤ length',
    });
  }
}

/**
 * The stream of a seed at a path; with no path, the root. `createStream(7, 'a/b')` is
 * `createStream(7).child('a').child('b')`.
 *
 * @param seed a safe integer from 0
 * @throws MeanfieldError INVALID_ARGUMENT
 */
export function createStream(seed: number, path = ''): RandomStream {
  requireSeed(seed);
  return new NamedStream(seed, path === '' ? '' : requireName(path));
}
