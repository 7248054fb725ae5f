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

const ALL = '{packages,plugins,apps,tools}/*/test/**/*.test.ts';
/** Pure functions of their arguments: files of tests may share a process, and with it what they import. */
const PURE = [
  'packages/{core,figures,kernels,numerics,simulation,theory}/test/**/*.test.ts',
  'plugins/{activation,analysis,initializer,mean-field}-*/test/**/*.test.ts',
];

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    // One core fewer is the default, which on two cores leaves one idle.
    maxWorkers: '100%',
    coverage: { include: ['{packages,plugins,apps}/*/src/**/*.ts'] },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false, testTimeout: 60_000 } },
      { extends: true, test: { name: 'others', include: [ALL], exclude: PURE, testTimeout: 60_000 } },
    ],
  },
});
