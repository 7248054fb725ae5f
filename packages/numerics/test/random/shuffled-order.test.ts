import { describe, expect, it } from 'vitest';

import { createStream, shuffledOrder } from '../../src/index.js';

describe('shuffledOrder', () => {
  it('is a permutation, the same for the same stream', () => {
    const order = shuffledOrder(100, createStream(1, 'a'));
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(shuffledOrder(100, createStream(1, 'a'))).toEqual(order);
    expect(shuffledOrder(100, createStream(1, 'b'))).not.toEqual(order);
  });

  it('makes every permutation of three equally likely', () => {
    const counts = new Map<string, number>();
    const stream = createStream(5);
    const draws = 6000;
    for (let draw = 0; draw < draws; draw++) {
      const key = shuffledOrder(3, stream).join('');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, n) => sum + (n - draws / 6) ** 2 / (draws / 6), 0);
    expect(counts.size).toBe(6);
    // 99.9 % point of χ² with 5 degrees of freedom
    expect(chiSquare).toBeLessThan(20.5);
  });
});
