import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';

import tfjs from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
for (const engine of ['wasm', 'cpu']) {
  describeBackend(tfjs, { packageFile, options: { engine }, activations: [relu.create(), tanh.create()] });
}
