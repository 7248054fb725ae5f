import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Package names resolve to their sources, so that tests run without a build and coverage sees src/. */
const root = fileURLToPath(new URL('.', import.meta.url));
const aliases = ['packages', 'plugins'].flatMap((folder) =>
  readdirSync(`${root}${folder}`).map((name) => ({
    find: new RegExp(`^@meanfield/${name}$`),
    replacement: `${root}${folder}/${name}/src/index.ts`,
  })),
);

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['{packages,plugins,apps,tools}/*/test/**/*.test.ts'],
    testTimeout: 60_000,
    // One core fewer is the default, which on two cores leaves one idle.
    maxWorkers: '100%',
    coverage: { include: ['{packages,plugins,apps}/*/src/**/*.ts'] },
  },
});
