import { describeTask } from '@meanfield/testing';

import fashionMnist from '../src/index.js';

// Loads the real files where they are at hand; the declared part of the contract holds anywhere.
const dataFolder = process.env['MEANFIELD_DATA'] ?? null;

describeTask(fashionMnist, {
  packageFile: new URL('../package.json', import.meta.url),
  options: { trainingExamples: 500, validation: 100, download: false },
  refused: [
    { scaling: 'log' },
    { validation: -1 },
    { validation: 60_000 },
    { validation: 59_000, trainingExamples: 1_001 },
    { trainingExamples: 0 },
    { trainingExamples: 60_001 },
    { download: 'no' },
  ],
  dataFolder,
});
