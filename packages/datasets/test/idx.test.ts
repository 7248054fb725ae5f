import { isMeanfieldError } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readIdx } from '../src/index.js';
import { idx, refusalOf } from './small-dataset.js';

const valid = idx([2, 3], [1, 2, 3, 4, 5, 6]);
const changed = (index: number, byte: number): Uint8Array => {
  const bytes = valid.slice();
  bytes[index] = byte;
  return bytes;
};

describe('readIdx', () => {
  it('reads dimensions and values', () => {
    const { dimensions, values } = readIdx(valid, { name: 'x', dimensions: [2, 3] });
    expect(dimensions).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(readIdx(Uint8Array.of(9, ...valid).subarray(1), { name: 'x' }).dimensions).toEqual([2, 3]);
  });

  it.each([
    ['an empty file', new Uint8Array(0), /IDX header in images.idx, found 0 bytes/],
    ['a wrong magic number', changed(0, 1), /found 01000802/],
    ['another element type', changed(2, 0x0d), /found 00000d02/],
    ['no dimensions', changed(3, 0), /found 00000800/],
    ['more dimensions than bytes', changed(3, 255), /header of 1024 bytes/],
    ['a truncated header', valid.subarray(0, 9), /header of 12 bytes/],
    ['truncated values', valid.subarray(0, -1), /found 5 \(truncated\)/],
    ['an over-long file', Uint8Array.of(...valid, 0), /found 7 \(over-long\)/],
    ['absurd dimensions', idx([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []), /1 to 1073741824 values/],
    ['dimensions beyond float64', idx(new Array<number>(60).fill(2 ** 32 - 1), []), /1 to 1073741824 values/],
    ['an empty dimension', idx([0, 3], []), /1 to 1073741824 values/],
  ])('refuses %s in one sentence', async (_, bytes, sentence) => {
    const error = await refusalOf(() => readIdx(bytes, { name: 'images.idx' }));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/^Expected [^;]*; [^;]*\.$/);
  });

  it.each([[[3, 2]], [[2]], [[2, 3, 1]]])('refuses other dimensions than %j', async (dimensions) => {
    const error = await refusalOf(() => readIdx(valid, { name: 'x', dimensions }));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.message).toContain('found [2,3]');
  });

  it('gives back what was written, and never fails otherwise on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (values) => {
        expect([...readIdx(idx([values.length], values), { name: 'x' }).values]).toEqual([...values]);
      }),
      { seed: 1 },
    );
    const start = fc.constantFrom<number[][]>(
      [],
      [0, 0, 8],
      [0, 0, 8, 1, 0, 0, 0],
      [0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0],
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 40 }), (head, tail) => {
        try {
          readIdx(Uint8Array.of(...head, ...tail), { name: 'x' });
        } catch (error) {
          if (!isMeanfieldError(error) || error.code !== 'INVALID_FILE') throw error;
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
