import { describeInitializer } from '@meanfield/testing';

import rai from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(rai, { packageFile });
describeInitializer(rai, { packageFile, options: { weightVariance: 2, a: 0.5, b: 3 } });
