/** `npm run wasm`: writes sources that are written out, then compiles every kernel and writes the module that holds its bytes. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { compileKernel } from './compile.js';
import { kernels } from './kernels.js';
import { RECORD_TILES, recordTilesText } from './record-tiles.js';
import { TILES, tilesText } from './tiles.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
writeFileSync(join(root, TILES), tilesText());
writeFileSync(join(root, RECORD_TILES), recordTilesText());
for (const { source, module } of kernels(root)) {
  const text = await compileKernel(root, source);
  mkdirSync(dirname(join(root, module)), { recursive: true });
  writeFileSync(join(root, module), text);
  process.stdout.write(`${module}\n`);
}
