import { describeActivation } from '@meanfield/testing';

import sigmoid from '../src/index.js';

describeActivation(sigmoid, { packageFile: new URL('../package.json', import.meta.url) });
