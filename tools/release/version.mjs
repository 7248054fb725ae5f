/**
 * `npm run version`: applies the changesets, then writes each package's new version into its plugin
 * definitions, which state it so that lists and records can name what they used.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root, runNode } from '../bootstrap/ensure.mjs';

runNode('node_modules/@changesets/cli/bin.js', 'version');

const STATED = /(version: '|VERSION = '|VERSION: string = ')\d+\.\d+\.\d+[^']*'/g;
for (const group of ['packages', 'plugins']) {
  for (const name of readdirSync(join(root, group))) {
    const folder = join(root, group, name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const file of ['src/index.ts', 'src/version.ts']) {
      const path = join(folder, file);
      let source;
      try {
        source = readFileSync(path, 'utf8');
      } catch {
        continue;
      }
      const stated = source.replaceAll(STATED, `$1${version}'`);
      if (stated !== source) writeFileSync(path, stated);
    }
  }
}
