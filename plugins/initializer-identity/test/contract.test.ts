import { describeInitializer } from '@meanfield/testing';

import identity from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(identity, { packageFile, random: false });
describeInitializer(identity, {
  packageFile,
  options: { scale: -0.5, weightVariance: 0.5, biasVariance: 0.1 },
});
