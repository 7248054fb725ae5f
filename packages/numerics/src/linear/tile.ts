/**
 * The innermost part of a matrix product: a 4 × 4 tile of L Rᵀ from packed panels, summed in registers.
 *
 * Two ways that give the same bits, since each entry is one chain of multiplications and additions in the same order:
 * WebAssembly with two entries a register (`tile-wasm.ts`), and plain TypeScript where that is not to be had. Measured at
 * 1000 × 784 × 1000 on one core of 2.5 GHz: 5 to 7.5 and 2.1 GFLOP/s. (Plain tiles of 2×2, 3×3, 3×4, 4×6 and 6×6 gave 1.3 to 2.4.)
 */

import { plainTiles } from './tile-plain.js';
import { wasmTiles } from './tile-wasm.js';

export const TILE = 4;
/** Entries at the start of the memory, row-major [4, 4], that `run` writes its sums to */
export const TILE_ENTRIES: number = TILE * TILE;

export interface Tiles {
  /** At least `length` numbers, of which the first 16 receive sums. Valid until the next call. */
  memory(length: number): Float64Array;
  /** Sums over l < depth of L[l][i] R[l][j] for panels [depth][4] that start at `left` and `right` in the memory. */
  run(left: number, right: number, depth: number): void;
}

let chosen: Tiles | undefined;

/** The faster way that this machine offers. */
export function tiles(): Tiles {
  chosen ??= wasmTiles() ?? plainTiles();
  return chosen;
}
