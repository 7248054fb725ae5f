import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import { describeBackend } from '@meanfield/testing';

import reference from '../src/index.js';

describeBackend(reference, {
  packageFile: new URL('../package.json', import.meta.url),
  activations: [relu.create(), tanh.create()],
});
