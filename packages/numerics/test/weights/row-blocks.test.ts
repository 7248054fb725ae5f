import type { FloatArray } from '@meanfield/core';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createStream } from '../../src/index.js';
import { plainRowBlocks } from '../../src/weights/row-blocks-plain.js';
import { rowBlocks } from '../../src/weights/row-blocks.js';

const filled = <T extends FloatArray>(array: T, name: string): T => {
  createStream(3, name).fillNormal(array, 1);
  return array;
};

describe('blocks of rows', () => {
  it('are added and subtracted from by the kernel with the bits of its plain twin', () => {
    const size = fc.integer({ min: 1, max: 23 });
    fc.assert(
      fc.property(size, size, fc.boolean(), (rows, columns, single) => {
        const block = filled(new (single ? Float32Array : Float64Array)(rows * columns), 'block');
        const sums = filled(new Float64Array(columns), 'sums');
        const [copy, other] = [block.slice(), sums.slice()];
        rowBlocks(block.length).add(block, sums);
        plainRowBlocks.add(copy, other);
        expect(sums).toEqual(other);
        rowBlocks(block.length).subtract(block, sums);
        plainRowBlocks.subtract(copy, sums);
        expect(block).toEqual(copy);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('may be larger than the kernel takes', () => {
    const block = new Float64Array(2 * 70_001).fill(1.5);
    const sums = new Float64Array(70_001).fill(1);
    rowBlocks(block.length).add(block, sums);
    rowBlocks(block.length).subtract(block, sums);
    expect([sums.every((sum) => sum === 4), block.every((each) => each === -2.5)]).toEqual([true, true]);
  });
});
