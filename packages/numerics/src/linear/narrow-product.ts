/**
 * Products of tall matrices with few columns, as batches of M signals through N units are: the Gram matrix SᵀS and Z F. No packing:
 * blocks of rows are copied to where the kernel sees them, and one call does a block. Measured at 2048 × 16 on one core of 2.5 GHz
 * with WebAssembly (narrow-product.wasm.ts): Z F 5.5 GFLOP/s where `packedProduct` has 1.1; the plain twin 1.3.
 */

import { wasmKernel } from '../wasm/index.js';
import { plainNarrowEngine } from './narrow-plain.js';
import kernel from './narrow-product.wasm.js';

/** Columns up to which these products are the faster ones: B [columns, columns] then fits the first-level cache */
export const MOST_NARROW = 64;

/** Indices are in numbers. C += A B, C and B with rows of `columns` numbers */
export interface NarrowEngine {
  /** At least `length` numbers, valid until the next call. */
  memory(length: number): Float64Array;
  product(
    a: number,
    aRow: number,
    aTerm: number,
    b: number,
    out: number,
    rows: number,
    terms: number,
    columns: number,
    upper: boolean,
  ): void;
}

function wasmNarrowEngine(): NarrowEngine | null {
  const wasm = wasmKernel(kernel);
  if (wasm === null) return null;
  const product = wasm.function('product');
  return {
    memory: (length) => new Float64Array(wasm.memory(8 * length)),
    product: (a, aRow, aTerm, b, out, rows, terms, columns, upper) =>
      void product(8 * a, 8 * aRow, 8 * aTerm, 8 * b, 8 * out, rows, terms, columns, upper ? 1 : 0),
  };
}

let chosen: NarrowEngine | undefined;

function engine(): NarrowEngine {
  chosen ??= wasmNarrowEngine() ?? plainNarrowEngine();
  return chosen;
}

const BLOCK_ENTRIES = 2 ** 12;
const rowsTogether = (columns: number): number => Math.max(16, Math.floor(BLOCK_ENTRIES / columns));

/**
 * Entries on and above the diagonal of AᵀA, A [rows, columns], in `out` [columns, columns]; what is below is 0 or as it comes.
 *
 * @param columns at most `MOST_NARROW`
 */
export function narrowGram(
  a: Float64Array,
  out: Float64Array,
  rows: number,
  columns: number,
  use: NarrowEngine = engine(),
): void {
  const together = Math.min(rows, rowsTogether(columns));
  const size = columns * columns;
  const memory = use.memory(size + together * columns);
  memory.fill(0, 0, size);
  for (let first = 0; first < rows; first += together) {
    const count = Math.min(together, rows - first);
    memory.set(a.subarray(first * columns, (first + count) * columns), size);
    use.product(size, 1, columns, size, 0, columns, count, columns, true);
  }
  out.set(memory.subarray(0, size));
}

/**
 * out [rows, columns] = A B for A the first `terms` of each row of [rows, stride], B [terms, columns]. May be A itself where
 * rows are as long.
 *
 * @param columns at most `MOST_NARROW`
 */
export function narrowMultiply(
  a: Float64Array,
  b: Float64Array,
  out: Float64Array,
  { rows, terms, columns, stride = terms }: { rows: number; terms: number; columns: number; stride?: number },
  use: NarrowEngine = engine(),
): void {
  const together = Math.min(rows, rowsTogether(Math.max(columns, stride)));
  const left = terms * columns;
  const to = left + together * stride;
  const memory = use.memory(to + together * columns);
  memory.set(b.subarray(0, left));
  for (let first = 0; first < rows; first += together) {
    const count = Math.min(together, rows - first);
    memory.set(a.subarray(first * stride, (first + count) * stride), left);
    memory.fill(0, to, to + count * columns);
    use.product(left, stride, 1, 0, to, count, terms, columns, false);
    out.set(memory.subarray(to, to + count * columns), first * columns);
  }
}
