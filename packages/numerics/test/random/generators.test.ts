import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { multiplyHigh, philox4x32, type Words2, type Words4 } from '../../src/random/philox.js';
import { nextXoshiro128 } from '../../src/random/xoshiro128.js';
import { EDGES, HEIGHTS, LAYER_AREA, LAYERS } from '../../src/random/ziggurat.js';

const hex = (words: readonly number[]): string[] => words.map((word) => word.toString(16).padStart(8, '0'));

describe('philox4x32', () => {
  /** Known answers of Random123 (kat_vectors, philox4x32 10). */
  it.each<[string, Words4, Words2, string]>([
    ['zeros', [0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      'ones',
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('gives the published answer for %s', (_, counter, key, answer) => {
    expect(hex(philox4x32(counter, key)).join(' ')).toBe(answer);
  });

  it('multiplies exactly', () => {
    const word = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(word, word, (a, b) => multiplyHigh(a, b) === Number((BigInt(a) * BigInt(b)) >> 32n)),
    );
    expect(multiplyHigh(0xffffffff, 0xffffffff)).toBe(0xfffffffe);
  });
});

describe('nextXoshiro128', () => {
  it('gives the draws of the reference code', () => {
    const state = Int32Array.of(1, 2, 3, 4);
    const draws = Array.from({ length: 10 }, () => nextXoshiro128(state) >>> 0);
    expect(draws).toEqual([
      641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
      621204420,
    ]);
  });

  it('still does after a hundred thousand', () => {
    const state = Int32Array.of(1, 2, 3, 4);
    for (let index = 0; index < 102400; index++) nextXoshiro128(state);
    expect(nextXoshiro128(state) >>> 0).toBe(0x2c873cfa);
  });
});

describe('the ziggurat', () => {
  it('has layers of one area, narrowing to the top', () => {
    for (let layer = 1; layer < LAYERS; layer++) {
      const area = EDGES[layer]! * (HEIGHTS[layer + 1]! - HEIGHTS[layer]!);
      expect(Math.abs(area / LAYER_AREA - 1)).toBeLessThan(1e-13);
      expect(EDGES[layer]).toBeGreaterThan(EDGES[layer + 1]!);
    }
    expect(HEIGHTS[LAYERS]).toBe(1);
  });
});
