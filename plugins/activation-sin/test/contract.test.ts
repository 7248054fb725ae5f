import { describeActivation } from '@meanfield/testing';

import sin from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);

describeActivation(sin, { packageFile });
describeActivation(sin, { packageFile, options: { frequency: 3 } });
