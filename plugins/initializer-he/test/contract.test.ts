import { describeInitializer } from '@meanfield/testing';

import he from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(he, { packageFile });
describeInitializer(he, { packageFile, options: { weightVariance: 1.5, biasVariance: 0.05 } });
