import { describeActivation } from '@meanfield/testing';

import sin from '../src/index.js';

describeActivation(sin, { packageFile: new URL('../package.json', import.meta.url) });
