/**
 * Many normals within a block of a stream: the loop of `normal` with the generator's state in registers.
 *
 * Two ways that give the same bits: WebAssembly, and plain TypeScript (block-normals-plain.ts). Measured in turn on one core of
 * 2.5 GHz that others use too: 140 and 86 million a second.
 */

import type { FloatArray } from '@meanfield/core';

import { wasmKernel } from '../wasm/index.js';
import { fillPlain } from './block-normals-plain.js';
import kernel from './block-normals.wasm.js';
import { EDGES, HEIGHTS, LAYERS, SCALES } from './ziggurat.js';

/** Where a stream stands within its block */
export interface BlockDraws {
  /** Of xoshiro128++ */
  readonly state: Int32Array;
  /** Draws of 32 bits left */
  left: number;
  /** A point that was drawn and not placed: its layer, −1 for none, and its position */
  pendingLayer: number;
  pendingPoint: number;
}

/**
 * Fills `out` with N(0, deviation²) from `start`; returns where it stopped: at `end`, near the block's end, or at a point that is
 * left pending and would have come there.
 */
type FillBlock = (
  draws: BlockDraws,
  out: FloatArray,
  deviation: number,
  start: number,
  end: number,
) => number;

/** Layout of the kernel's memory, in 32-bit words for draws and numbers for tables */
const [LEFT, PENDING_LAYER, PENDING_POINT, TABLE] = [4, 5, 3, 4];
const OUT = TABLE + 2 * LAYERS + HEIGHTS.length;
/** Numbers that one call of the kernel writes */
const CHUNK = 4096;
/** Fewer take less time than a call does */
const FEW = 48;

function wasmFill(): FillBlock | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const memory = wasm.memory(8 * (OUT + CHUNK));
  const words = new Int32Array(memory);
  const numbers = new Float64Array(memory);
  const results = { wide: numbers.subarray(OUT), single: new Float32Array(memory, 8 * OUT) };
  for (let layer = 0; layer < LAYERS; layer++)
    numbers.set([SCALES[layer]!, EDGES[layer + 1]!], TABLE + 2 * layer);
  numbers.set(HEIGHTS, OUT - HEIGHTS.length);
  const fill = wasm.function('fill');
  return (draws, out, deviation, start, end) => {
    if (end - start < FEW) return fillPlain(draws, out, deviation, start, end);
    const single = out instanceof Float32Array;
    const from = single ? results.single : results.wide;
    words.set(draws.state);
    words[LEFT] = draws.left;
    let index = start;
    for (let wanted = -1, count = -1; count === wanted && index < end; index += count) {
      wanted = Math.min(CHUNK, end - index);
      count = fill(wanted, deviation, single ? 1 : 0);
      out.set(from.subarray(0, count), index);
    }
    draws.state.set(words.subarray(0, 4));
    draws.left = words[LEFT]!;
    draws.pendingLayer = words[PENDING_LAYER]!;
    draws.pendingPoint = numbers[PENDING_POINT]!;
    return index;
  };
}

let chosen: FillBlock | undefined;

export const fillBlock: FillBlock = (draws, out, deviation, start, end) => {
  chosen ??= wasmFill() ?? fillPlain;
  return chosen(draws, out, deviation, start, end);
};
