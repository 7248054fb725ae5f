/** The engine in a page of headless Chromium, against Node: the same bits. Skipped, with the reason, where there is no Chromium. */

import { describe, expect, it } from 'vitest';

import simd from '../../src/index.js';
import { bundlePage, findChromium, inChromium } from './chromium.js';
import type { PageResult } from './page.js';
import { vectorsOf, type Vector } from './vectors.js';

const chromium = findChromium();
const REASON =
  'no chromium on the PATH (Debian: apt-get install chromium), and MEANFIELD_CHROMIUM names none';

/** Without what depends on threads rather than on numbers. */
const numbersOf = (vectors: readonly Vector[]): unknown =>
  vectors.map(({ name, losses, evaluations, snapshots }) => ({ name, losses, evaluations, snapshots }));

function largestDifference(vectors: readonly Vector[], others: readonly Vector[]): number {
  const losses = (of: readonly Vector[]): number[] => of.flatMap((vector) => vector.losses.flat());
  const expected = losses(others);
  return Math.max(...losses(vectors).map((loss, index) => Math.abs(loss / expected[index]! - 1)));
}

if (chromium === undefined) {
  console.log(`skipped: the simd engine in a browser; ${REASON}`);
  describe.skip('in Chromium', () => {
    it(REASON, () => undefined);
  });
} else {
  describe('in Chromium', async () => {
    const files = await bundlePage();
    const node = {
      simd: await vectorsOf(simd.create({ build: 'simd', threads: 1 })),
      relaxed: await vectorsOf(simd.create({ build: 'relaxed', threads: 1 })),
    };

    it.each([
      // Two threads, and the training set that they share.
      {
        page: 'that may share memory with threads',
        isolated: true,
        buffers: 3,
        cores: expect.any(Number) as number,
      },
      { page: 'that has one thread', isolated: false, buffers: 1, cores: 1 },
    ])('a page $page finds the numbers of Node to the bit', async ({ isolated, buffers, cores }) => {
      const found = (await inChromium(chromium, files, isolated)) as PageResult;
      expect(found).toMatchObject({ isolated, cores });
      expect(numbersOf(found.simd)).toEqual(numbersOf(node.simd));
      expect(numbersOf(found.relaxed)).toEqual(numbersOf(node.relaxed));
      for (const vector of [...found.simd, ...found.relaxed]) expect(vector.buffers).toBe(buffers);
      expect(largestDifference(found.relaxed, node.simd)).toBeLessThan(1e-5);
    });
  });
}
