import { isMeanfieldError } from '@meanfield/core';
import { expect, it, vi } from 'vitest';

import tfjs from '../src/index.js';

vi.mock('@tensorflow/tfjs-backend-wasm', () => {
  throw new Error('its files are gone');
});

const nothing = { network: { sizes: [1, 1] }, loss: 'mse', optimizer: { name: 'sgd' } };

it('says in a sentence why an engine does not start, and what to do, without throwing', async () => {
  const answer = await tfjs.create().availability();
  expect(answer.available).toBe(false);
  if (!answer.available)
    expect(answer.reason).toMatch(/^Expected the wasm engine .*; .*its slower engine "cpu"\.$/);
});

it('refuses to open there, and starts with the other engine', async () => {
  const initial = [[{ fanIn: 1, fanOut: 1, weights: Float32Array.of(2), bias: Float32Array.of(0) }]];
  const spec = { ...nothing, initial } as never;
  const error: unknown = await tfjs
    .create()
    .open(spec)
    .catch((reason: unknown) => reason);
  expect(isMeanfieldError(error) && error.code).toBe('BACKEND_UNAVAILABLE');
  expect((await tfjs.create({ engine: 'cpu' }).availability()).available).toBe(true);
});
