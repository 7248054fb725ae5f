import { describeImageFiles, describeTask } from '@meanfield/testing';

import fashionMnist from '../src/index.js';

// Loads the real files where they are at hand; the declared part of the contract holds anywhere.
const dataFolder = process.env['MEANFIELD_DATA'];

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
  dataFolder: dataFolder ?? null,
});

describeImageFiles(fashionMnist, {
  dataFolder,
  classCounts: new Array<number>(10).fill(6000),
  testImages: 10_000,
  mean: 0.286,
  deviation: 0.353,
});
