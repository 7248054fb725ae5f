import { describeInitializer } from '@meanfield/testing';

import lecun from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(lecun, { packageFile });
describeInitializer(lecun, {
  packageFile,
  options: { distribution: 'uniform', biasVariance: 0.1 },
  gaussian: false,
});
