/** Narrow products in plain TypeScript: the bits of assembly/linear/narrow-product.ts. */

import type { NarrowEngine } from './narrow-product.js';

export function plainNarrowEngine(): NarrowEngine {
  let memory = new Float64Array(0);
  return {
    memory(length) {
      if (memory.length < length) memory = new Float64Array(length);
      return memory;
    },
    product(a, aRow, aTerm, b, out, rows, terms, columns, upper) {
      for (let i = 0; i < rows; i++) {
        for (let j = upper ? i : 0; j < columns; j++) {
          let sum = memory[out + i * columns + j]!;
          for (let l = 0; l < terms; l++)
            sum += memory[a + i * aRow + l * aTerm]! * memory[b + l * columns + j]!;
          memory[out + i * columns + j] = sum;
        }
      }
    },
  };
}
