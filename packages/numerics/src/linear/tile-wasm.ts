/** Tiles in WebAssembly (assembly/linear/tile.ts), two sums a register. */

import { wasmKernel } from '../wasm/index.js';
import kernel from './tile.wasm.js';
import type { Tiles } from './tile.js';

const NUMBER_BYTES = 8;

/** Tiles by WebAssembly, or null where there is none. */
export function wasmTiles(): Tiles | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const tile = wasm.function('tile');
  return {
    memory: (length) => new Float64Array(wasm.memory(length * NUMBER_BYTES)),
    run: (left, right, depth) => void tile(left * NUMBER_BYTES, right * NUMBER_BYTES, depth),
  };
}
