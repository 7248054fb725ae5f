/**
 * Every TypeScript block of every README runs as it stands: each is written beside its package's tests,
 * where its imports resolve as they would for a reader, and imported.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const BLOCK = /^```ts\n([\s\S]*?)^```$/gm;
const readmes = [
  'README.md',
  ...['packages', 'plugins', 'apps'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}/README.md`),
  ),
];
const read = (readme: string): string => {
  const path = join(root, readme);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

const folders = new Set<string>();
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(readmes)('%s', (readme) => {
  const blocks = [...read(readme).matchAll(BLOCK)].map(([, code]) => code ?? '');
  const folder = join(root, dirname(readme), 'readme-blocks');

  it('is there for every package and shows code', () => {
    expect(read(readme)).toMatch(/^# /);
    if (!readme.startsWith('apps/')) expect(blocks).not.toHaveLength(0);
  });

  it.each(blocks.map((code, index) => [index + 1, code] as const))('block %i runs', async (index, code) => {
    folders.add(folder);
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `block-${index}.ts`);
    writeFileSync(file, code);
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    try {
      await import(/* @vite-ignore */ file);
    } finally {
      log.mockRestore();
    }
  });
});
