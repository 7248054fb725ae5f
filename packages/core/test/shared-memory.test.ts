import { afterEach, expect, it, vi } from 'vitest';

import { sharedFloats } from '../src/index.js';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('gives zeros in memory that threads share', () => {
  const floats = sharedFloats(3);
  expect([...floats]).toEqual([0, 0, 0]);
  expect(floats.buffer).toBeInstanceOf(SharedArrayBuffer);
});

it('gives zeros in ordinary memory where none can be shared', () => {
  vi.stubGlobal('SharedArrayBuffer', undefined);
  const floats = sharedFloats(3);
  expect([...floats]).toEqual([0, 0, 0]);
  expect(floats.buffer).toBeInstanceOf(ArrayBuffer);
});
