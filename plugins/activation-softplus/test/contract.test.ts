import { describeActivation, type GoldenExpectation } from '@meanfield/testing';

import softplus from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };

describeActivation(softplus, {
  packageFile: new URL('../package.json', import.meta.url),
  golden: golden.values as GoldenExpectation[],
});
