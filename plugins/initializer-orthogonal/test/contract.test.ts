import { describeInitializer } from '@meanfield/testing';

import orthogonal from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(orthogonal, { packageFile });
describeInitializer(orthogonal, { packageFile, options: { weightVariance: 2, biasVariance: 0.1 } });
