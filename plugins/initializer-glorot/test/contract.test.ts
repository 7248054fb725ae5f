import { describeInitializer } from '@meanfield/testing';

import glorot from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(glorot, { packageFile, weightVariance: (fanIn, fanOut) => 2 / (fanIn + fanOut) });
describeInitializer(glorot, {
  packageFile,
  options: { distribution: 'uniform', weightVariance: 2, biasVariance: 0.1 },
  weightVariance: (fanIn, fanOut) => 4 / (fanIn + fanOut),
  gaussian: false,
});
