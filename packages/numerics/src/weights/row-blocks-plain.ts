/** Sums of rows and subtraction from rows in plain TypeScript: the bits of assembly/weights/row-blocks.ts. */

import type { RowBlocks } from './row-blocks.js';

export const plainRowBlocks: RowBlocks = {
  /** Four rows at a time, which halves the traffic of the sums. */
  add(block, sums) {
    const columns = sums.length;
    let a = 0;
    for (; a + 4 * columns <= block.length; a += 4 * columns) {
      const [b, c, d] = [a + columns, a + 2 * columns, a + 3 * columns];
      for (let j = 0; j < columns; j++) {
        sums[j]! += block[a + j]! + block[b + j]! + (block[c + j]! + block[d + j]!);
      }
    }
    for (; a < block.length; a += columns) {
      for (let j = 0; j < columns; j++) sums[j]! += block[a + j]!;
    }
  },
  subtract(block, shifts) {
    const columns = shifts.length;
    for (let start = 0; start < block.length; start += columns) {
      for (let j = 0; j < columns; j++) block[start + j]! -= shifts[j]!;
    }
  },
};
