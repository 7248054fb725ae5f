import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';

import openBlas from '../src/index.js';
import { whereThereIsOpenBlas } from './here.js';

whereThereIsOpenBlas(() => {
  describeBackend(openBlas, {
    packageFile: new URL('../package.json', import.meta.url),
    // Threads have the same results, to the bit (products.test.ts).
    options: { threads: 1 },
    activations: [relu.create(), tanh.create()],
  });
});
