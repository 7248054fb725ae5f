import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';

import { defaultThreads } from '../src/index.js';

afterEach(() => vi.unstubAllEnvs());

it.each([
  ['', availableParallelism()],
  ['1', 1],
  ['1000', availableParallelism()],
])('takes a thread a core, at most as many as the environment says: %o', (given, expected) => {
  vi.stubEnv('MEANFIELD_THREADS', given);
  expect(defaultThreads()).toBe(expected);
});

it.each(['0', '-1', '1.5', 'two'])('refuses %o in the environment', (given) => {
  vi.stubEnv('MEANFIELD_THREADS', given);
  expect(() => defaultThreads()).toThrow(/^Expected MEANFIELD_THREADS .* at least 1, found .*\.$/);
});
