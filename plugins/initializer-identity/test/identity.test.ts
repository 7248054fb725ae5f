import { createStream } from '@meanfield/numerics';
import { expect, it } from 'vitest';

import identity from '../src/index.js';

it.each([
  [2, 3, [-0.5, 0, 0, 0, -0.5, 0]],
  [3, 2, [-0.5, 0, 0, -0.5, 0, 0]],
])('is a multiple of the identity where there is no noise, %i × %i', (fanIn, fanOut, expected) => {
  const layer = { fanIn, fanOut, weights: new Float64Array(6), bias: new Float64Array(fanOut) };
  identity.create({ scale: -0.5 }).sample(layer, createStream(1));
  expect([...layer.weights]).toEqual(expected);
});

it('says why no theory describes it', () => {
  expect(identity.create().statistics()).toMatchObject({
    law: 'empirical',
    reason: expect.stringMatching(/unit/) as string,
  });
});
