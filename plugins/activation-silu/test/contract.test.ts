import { describeActivation } from '@meanfield/testing';

import silu from '../src/index.js';

describeActivation(silu, { packageFile: new URL('../package.json', import.meta.url) });
