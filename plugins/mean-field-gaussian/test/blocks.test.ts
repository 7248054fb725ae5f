import relu from '@meanfield/activation-relu';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { asymptoticSlopes, squareGrowth } from '../src/asymptotic-slopes.js';
import { plainBlock } from '../src/homogeneous/block-plain.js';
import { wasmBlock } from '../src/homogeneous/block-wasm.js';
import { BLOCK, type PairBlock } from '../src/homogeneous/block.js';
import { unitRatio } from '../src/homogeneous/unit-ratio.js';

/** σ_w², σ_b², q, gap up to 1 */
type Pair = readonly [weightVariance: number, biasVariance: number, length: number, gap: number];

describe('blocks of pairs', () => {
  const slopes = asymptoticSlopes(relu.create());
  const table = unitRatio(slopes);
  const growth = squareGrowth(slopes);
  const wasm = wasmBlock(table, growth);
  const plain = plainBlock(table, growth);

  const after = (block: PairBlock, pairs: readonly Pair[], layers: number): readonly Float64Array[] => {
    for (const [i, [weightVariance, biasVariance, length, gap]] of pairs.entries()) {
      block.weights[i] = weightVariance;
      block.biases[i] = biasVariance;
      block.lengths[i] = length;
      block.sines[i] = Math.sqrt(gap / 2);
      block.factors[i] = 0;
    }
    block.advance(pairs.length, layers);
    return [block.lengths, block.sines].map((array) => array.slice(0, pairs.length));
  };

  const size = fc.oneof(
    fc.double({ min: -12, max: 6, noNaN: true }).map((exponent) => 10 ** exponent),
    fc.double({ min: 0, max: 1.7e308, noNaN: true }),
    fc.constantFrom(0, 5e-324, 1e-308, 1.7e308),
  );
  const gap = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: -320, max: 0, noNaN: true }).map((exponent) => 10 ** exponent),
    fc.constantFrom(0, 1),
  );
  const pairs = fc.array(fc.tuple(size, size, size, gap), { maxLength: BLOCK });

  it.skipIf(wasm === null)('have the same bits in WebAssembly and in plain TypeScript', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 120 }), (points, layers) => {
        expect(after(wasm!, points, layers)).toEqual(after(plain, points, layers));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('hold numbers at any parameters, and correlations that do not fall', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 120 }), (points, layers) => {
        const [lengths, sines] = after(plain, points, layers);
        for (const [i, point] of points.entries()) {
          expect(lengths?.[i]).toBeGreaterThanOrEqual(0);
          expect(sines?.[i]).toBeGreaterThanOrEqual(0);
          expect(sines?.[i]).toBeLessThanOrEqual(Math.sqrt(point[3] / 2) * (1 + 1e-15 * (1 + layers)));
        }
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});
