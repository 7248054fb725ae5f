import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';

import simd from '../src/index.js';
import { BUILDS_HERE } from './builds.js';

const packageFile = new URL('../package.json', import.meta.url);
const activations = [relu.create(), tanh.create()] as const;

// Threads have the same results, to the bit (ensemble.test.ts).
for (const build of BUILDS_HERE) {
  describeBackend(simd, { packageFile, options: { build, threads: 1 }, activations });
}
