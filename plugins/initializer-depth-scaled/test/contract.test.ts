import { describeInitializer } from '@meanfield/testing';

import depthScaled from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(depthScaled, { packageFile });
describeInitializer(depthScaled, {
  packageFile,
  options: { weightVariance: 3, depth: 4, schedule: 'constant', biasVariance: 0.1 },
});
