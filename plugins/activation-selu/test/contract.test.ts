import { describeActivation } from '@meanfield/testing';

import selu from '../src/index.js';

describeActivation(selu, { packageFile: new URL('../package.json', import.meta.url) });
