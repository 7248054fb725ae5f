import relu from '@meanfield/activation-relu';
import { expect, it, vi } from 'vitest';

import simd from '../src/index.js';
import { specOf } from './problem.js';

vi.stubGlobal('WebAssembly', undefined);

it('says in a sentence that it needs WebAssembly, without throwing, and refuses to open there', async () => {
  vi.stubGlobal('WebAssembly', undefined);
  const answer = await simd.create().availability();
  expect(answer.available ? '' : answer.reason).toMatch(
    /^Expected WebAssembly with 128-bit SIMD, .* "cpu"\.$/,
  );
  const opened = simd.create().open(specOf([2, 2], relu.create(), 'mse'));
  await expect(opened).rejects.toMatchObject({ code: 'BACKEND_UNAVAILABLE' });
});
