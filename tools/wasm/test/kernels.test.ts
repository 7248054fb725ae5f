import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { compileKernel } from '../src/compile.js';
import { kernels } from '../src/kernels.js';
import { RECORD_TILES, recordTilesText } from '../src/record-tiles.js';
import { TILES, tilesText } from '../src/tiles.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

it('finds the tile of matrix products', () => {
  expect(kernels(root)).toContainEqual({
    source: 'packages/numerics/assembly/linear/tile.ts',
    module: 'packages/numerics/src/linear/tile.wasm.ts',
  });
});

it.each(kernels(root))('$module is what its source compiles to', async ({ source, module }) => {
  expect(await compileKernel(root, source)).toBe(readFileSync(join(root, module), 'utf8'));
});

it.each([
  [TILES, tilesText],
  [RECORD_TILES, recordTilesText],
])('keeps %s as it is written out', (file, text) => {
  expect(text()).toBe(readFileSync(join(root, file), 'utf8'));
});

it('reports a source that does not compile', async () => {
  const text = 'tools/wasm/test/kernels.test.ts';
  await expect(compileKernel(root, text)).rejects.toThrow(`${text}: ERROR`);
});
