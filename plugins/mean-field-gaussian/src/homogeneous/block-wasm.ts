/** Layers of a block of pairs in WebAssembly (assembly/homogeneous/block.ts), two pairs a register */

import { wasmKernel } from '@meanfield/numerics';

import { BLOCK, type PairBlock } from './block.js';
import kernel from './block.wasm.js';
import { END, type UnitRatio } from './unit-ratio.js';

const ARRAYS = 5;
const NUMBER_BYTES = 8;

/** A block in a memory of its own, or null where there is no WebAssembly */
export function wasmBlock({ cells, coefficients }: UnitRatio, growth: number): PairBlock | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const memory = new Float64Array(wasm.memory((ARRAYS * BLOCK + coefficients.length) * NUMBER_BYTES));
  memory.set(coefficients, ARRAYS * BLOCK);
  const array = (index: number): Float64Array => memory.subarray(index * BLOCK, (index + 1) * BLOCK);
  const advance = wasm.function('advance');
  return {
    weights: array(0),
    biases: array(1),
    lengths: array(2),
    sines: array(3),
    factors: array(4),
    advance(count, layers) {
      if (count > 0 && layers > 0) advance(count, layers, growth, cells / END, cells);
    },
  };
}
