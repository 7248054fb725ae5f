import relu from '@meanfield/activation-relu';
import { nngp, perceptron } from '@meanfield/kernels';
import { expect, it } from 'vitest';

import { nngpNaively } from '../src/naive/nngp.js';

it('the naive baseline computes the same kernel', () => {
  const values = Float64Array.from({ length: 12 }, (_, i) => Math.sin(5 * i));
  const network = perceptron({ activation: relu.create(), depth: 3, weightVariance: 2 });
  const expected = nngp(network, { values, count: 4, dimension: 3 }).nngp;
  const found = nngpNaively(values, { count: 4, depth: 3, weightVariance: 2 });
  for (const [i, value] of found.entries()) expect(value).toBeCloseTo(expected[i]!, 12);
});
