import { describeInitializer } from '@meanfield/testing';

import raai from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(raai, { packageFile });
describeInitializer(raai, { packageFile, options: { weightVariance: 2, k: 3, a: 5, b: 0.5 } });
describeInitializer(raai, { packageFile, options: { k: -0.5, biasEntry: false } });
