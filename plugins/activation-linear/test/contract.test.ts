import { describeActivation } from '@meanfield/testing';

import linear from '../src/index.js';

describeActivation(linear, { packageFile: new URL('../package.json', import.meta.url) });
