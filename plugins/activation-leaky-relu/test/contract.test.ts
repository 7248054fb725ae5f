import { describeActivation, type GoldenExpectation } from '@meanfield/testing';

import leakyRelu from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };

describeActivation(leakyRelu, {
  packageFile: new URL('../package.json', import.meta.url),
  options: { negativeSlope: 0.2 },
  golden: golden.values as GoldenExpectation[],
});
