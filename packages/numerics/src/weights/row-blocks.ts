/**
 * Sums over rows and a subtraction from rows, for blocks of rows that are in the cache.
 *
 * Two ways that give the same bits: WebAssembly, two entries a register, on a copy of the block, and plain TypeScript
 * (row-blocks-plain.ts), which takes three times as long.
 */

import type { FloatArray } from '@meanfield/core';

import { wasmKernel } from '../wasm/index.js';
import { plainRowBlocks } from './row-blocks-plain.js';
import kernel from './row-blocks.wasm.js';

export interface RowBlocks {
  /** sums[j] += the entries of column j of `block`, [rows, sums.length] */
  add(block: FloatArray, sums: Float64Array): void;
  /** Entries of column j of `block`, [rows, shifts.length], less shifts[j] */
  subtract(block: FloatArray, shifts: Float64Array): void;
}

/** Larger blocks would not stay in the cache, and are not copied. */
const MOST_ENTRIES = 2 ** 17;
/** Where sums and shifts lie */
const VECTOR = 8 * MOST_ENTRIES;

function wasmRowBlocks(): RowBlocks | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const memory = wasm.memory(2 * VECTOR);
  const [numbers, singles] = [new Float64Array(memory), new Float32Array(memory)];
  const functions = { add: wasm.function('add'), subtract: wasm.function('subtract') };
  const run = (name: 'add' | 'subtract', block: FloatArray, vector: Float64Array): FloatArray => {
    const single = block instanceof Float32Array;
    const entries = single ? singles : numbers;
    entries.set(block);
    numbers.set(vector, MOST_ENTRIES);
    functions[name](0, block.length / vector.length, vector.length, VECTOR, single ? 1 : 0);
    return entries;
  };
  return {
    add(block, sums) {
      run('add', block, sums);
      sums.set(numbers.subarray(MOST_ENTRIES, MOST_ENTRIES + sums.length));
    },
    subtract(block, shifts) {
      block.set(run('subtract', block, shifts).subarray(0, block.length));
    },
  };
}

let chosen: RowBlocks | undefined;

/** The faster way for blocks of so many entries */
export function rowBlocks(entries: number): RowBlocks {
  chosen ??= wasmRowBlocks() ?? plainRowBlocks;
  return entries > MOST_ENTRIES ? plainRowBlocks : chosen;
}
