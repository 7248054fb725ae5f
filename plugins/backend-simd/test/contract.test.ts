import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import silu from '@meanfield/activation-silu';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';

import simd from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);

describeBackend(simd, {
  packageFile,
  options: { build: 'simd', threads: 1 },
  activations: [
    relu.create(),
    tanh.create(),
    erf.create(),
    gelu.create(),
    silu.create(),
    linear.create(),
    leakyRelu.create(),
  ],
});
describeBackend(simd, {
  packageFile,
  options: { build: 'relaxed', threads: 1 },
  activations: [tanh.create(), relu.create()],
});
describeBackend(simd, { packageFile, options: { threads: 2 }, activations: [relu.create()] });
