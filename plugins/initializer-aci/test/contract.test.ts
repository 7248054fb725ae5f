import { describeInitializer } from '@meanfield/testing';

import aci from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(aci, { packageFile });
describeInitializer(aci, { packageFile, options: { weightVariance: 1.2, biasVariance: 0.3, k: 1 } });
describeInitializer(aci, { packageFile, options: { k: -0.5 } });
describeInitializer(aci, { packageFile, options: { k: 0 } });
