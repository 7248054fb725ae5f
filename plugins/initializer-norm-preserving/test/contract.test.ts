import { describeInitializer } from '@meanfield/testing';

import normPreserving, { type NormPreservingOptions } from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
describeInitializer(normPreserving, { packageFile, options: { slope: 0.2, biasVariance: 0.1 } });
const others: readonly NormPreservingOptions[] = [
  { law: 'uniform' },
  { law: 'laplace', slope: -1 },
  { law: 'generalised-normal', beta: 0.8 },
  { law: 'multivariate-t', degrees: 9, biasVariance: 0.1 },
];
for (const options of others) describeInitializer(normPreserving, { packageFile, options, gaussian: false });
