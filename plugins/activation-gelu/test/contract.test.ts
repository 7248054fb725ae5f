import { describeActivation, type GoldenExpectation } from '@meanfield/testing';

import gelu from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };

const packageFile = new URL('../package.json', import.meta.url);

describeActivation(gelu, { packageFile, golden: golden.values as GoldenExpectation[] });
describeActivation(gelu, { packageFile, options: { form: 'tanh' } });
