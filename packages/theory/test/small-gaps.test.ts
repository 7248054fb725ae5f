import erf from '@meanfield/activation-erf';
import { describe, expect, it } from 'vitest';

import { trajectory } from '../src/index.js';
import fixture from './fixtures/gaps.json' with { type: 'json' };
import { gaussianMapOf, relativeError } from './maps.js';

describe('1 − c = 1e-14', () => {
  it.each(fixture.values)(
    'keeps its digits in $activation at ($weightVariance, $biasVariance), k = $correlationStrength',
    ({ activation, weightVariance, biasVariance, correlationStrength, q, layers }) => {
      const phi = activation === 'erf' ? erf.create() : (activation as 'relu' | 'tanh');
      const map = gaussianMapOf(phi, weightVariance, biasVariance, correlationStrength);
      const found = trajectory(map, { q1: q, q2: q, gap: 1e-14 }, 100);
      // Rounding of one layer, and a hundred times that.
      for (const [depth, allowed] of [
        ['1', 2e-15],
        ['100', 2e-13],
      ] as const) {
        const { q1, gap } = found[Number(depth)]!;
        const expected = layers[depth];
        expect(relativeError(q1, Number(expected.q)), `q after ${depth}`).toBeLessThan(allowed);
        expect(relativeError(gap, Number(expected.gap)), `gap after ${depth}`).toBeLessThan(allowed);
      }
    },
  );
});
