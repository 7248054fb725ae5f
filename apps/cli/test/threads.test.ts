/** What `--threads` allows backends, and that it is gone afterwards. */

import simd from '@meanfield/backend-simd';
import { availableParallelism } from 'node:os';
import { afterEach, expect, it, vi } from 'vitest';

import { withinThreads, type WorkerFlags } from '../src/input/threads.js';

afterEach(() => vi.unstubAllEnvs());

/** Threads that a backend takes by itself */
const taken = (): number => simd.create().capabilities.threads;

async function takenWithin(flags: WorkerFlags): Promise<number> {
  let found = 0;
  await withinThreads(flags, () => {
    found = taken();
    return Promise.resolve();
  });
  return found;
}

it.each([undefined, '', '1'])(
  'limits what backends take, while it lasts, beside MEANFIELD_THREADS %o',
  async (set) => {
    vi.stubEnv('MEANFIELD_THREADS', set);
    const most = set === '1' ? 1 : availableParallelism();
    expect(await takenWithin({})).toBe(most);
    expect(await takenWithin({ threads: '1' })).toBe(1);
    expect(await takenWithin({ workers: '1' })).toBe(1);
    expect(await takenWithin({ threads: '1000' })).toBe(most);
    await expect(
      withinThreads({ threads: '1' }, () => Promise.reject(new Error('of the work'))),
    ).rejects.toThrow('work');
    expect(process.env['MEANFIELD_THREADS']).toBe(set);
  },
);

it('refuses what is no number of threads before it works', async () => {
  await expect(takenWithin({ threads: '0' })).rejects.toThrow(/--threads/);
});
