import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import he from '@meanfield/initializer-he';
import { describeTask } from '@meanfield/testing';

import teacherStudent from '../src/index.js';

const packageFile = new URL('../package.json', import.meta.url);
const plugins = [relu, tanh, he];
const refused = [
  { teacher: 'hard' },
  { examples: 0 },
  { examples: 1.5 },
  { examples: 1e9 },
  { validationExamples: -1 },
  { inputSize: 0 },
  { width: 1e6 },
  { depth: 0 },
  { activateOutput: 'yes' },
  { testExamples: -1 },
  { teacherWidth: 0 },
  { teacherDepth: -1 },
  { teacherActivation: '' },
  { teacherInitializer: { options: {} } },
  { teacherWeightVariance: -1 },
  { width: 16_384, depth: 1000 },
];

for (const teacher of ['standard', 'simple', 'complex'] as const) {
  const options = { teacher, examples: 300, validationExamples: 50, testExamples: 50 };
  describeTask(teacherStudent, { packageFile, plugins, refused, options });
}
