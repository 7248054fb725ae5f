/** `npm run check`: what CI asks beside the tests: types of tests, lint, unused exports, packages as published. */

import { ensureBuilt, run, runNode } from './ensure.mjs';

ensureBuilt();
runNode('node_modules/typescript7/bin/tsc', '-p', 'tsconfig.tests.json');
runNode('node_modules/eslint/bin/eslint.js', '.');
runNode('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.');
run('npx', ['--no-install', 'knip']);
runNode('tools/docs/reproduction.mjs', '--check');
runNode('tools/docs/training.mjs', '--check');
runNode('tools/release/check-packages.mjs');
