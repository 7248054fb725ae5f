/** Tiles in plain TypeScript. */

import type { Tiles } from './tile.js';

export function plainTiles(): Tiles {
  let memory = new Float64Array(0);
  return {
    memory(length) {
      if (memory.length < length) memory = new Float64Array(length);
      return memory;
    },
    run: (left, right, depth) => multiplyTile(memory, left, right, depth),
  };
}

function multiplyTile(memory: Float64Array, left: number, right: number, depth: number): void {
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  let [c20, c21, c22, c23] = [0, 0, 0, 0];
  let [c30, c31, c32, c33] = [0, 0, 0, 0];
  for (let l = 0, x = left, y = right; l < depth; l++, x += 4, y += 4) {
    const b0 = memory[y]!;
    const b1 = memory[y + 1]!;
    const b2 = memory[y + 2]!;
    const b3 = memory[y + 3]!;
    const a0 = memory[x]!;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    const a1 = memory[x + 1]!;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    const a2 = memory[x + 2]!;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    const a3 = memory[x + 3]!;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  memory[0] = c00;
  memory[1] = c01;
  memory[2] = c02;
  memory[3] = c03;
  memory[4] = c10;
  memory[5] = c11;
  memory[6] = c12;
  memory[7] = c13;
  memory[8] = c20;
  memory[9] = c21;
  memory[10] = c22;
  memory[11] = c23;
  memory[12] = c30;
  memory[13] = c31;
  memory[14] = c32;
  memory[15] = c33;
}
