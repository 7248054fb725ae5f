import { describe, expect, it } from 'vitest';

import depthScaled, { type DepthScaledOptions } from '../src/index.js';

const varianceOf = (options: DepthScaledOptions): unknown => {
  const statistics = depthScaled.create(options).statistics();
  return statistics.law === 'gaussian-rows' && statistics.weightVariance;
};

describe('depth-scaled', () => {
  it('shares σ_w² among the blocks, or gives it to each', () => {
    expect(varianceOf({ weightVariance: 3, depth: 4 })).toBe(0.75);
    expect(varianceOf({ weightVariance: 3, depth: 4, schedule: 'constant' })).toBe(3);
  });

  it.each([0, -1, 1.5, 2 ** 60])('refuses a depth of %d', (depth) => {
    expect(() => depthScaled.create({ depth })).toThrow('depth');
  });
});
