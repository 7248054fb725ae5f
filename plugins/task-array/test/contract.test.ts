import { describeTask } from '@meanfield/testing';

import array from '../src/index.js';
import { normals, putNpy } from './files.js';

const packageFile = new URL('../package.json', import.meta.url);
const inputs = putNpy('contract-x.npy', [60, 4], normals(240));
const numbers = putNpy('contract-y.npy', [60, 2], normals(120, 'targets'));
const labels = putNpy(
  'contract-labels.npy',
  [60],
  Int32Array.from({ length: 60 }, (_, row) => row % 3),
);
const files = { inputs, targets: numbers };

const refused = [
  {},
  { inputs },
  { ...files, inputs: '' },
  { ...files, inputs: 'no-such-file.npy' },
  { ...files, targets: 'no-such-file.npy' },
  { ...files, loss: 'hinge' },
  { ...files, validation: 0 },
  { ...files, validation: -1 },
  { ...files, validation: 1.5 },
  { ...files, validation: 60 },
  { ...files, validation: 30, test: 0.5 },
  { ...files, classes: 3 },
  { ...files, loss: 'softmax-cross-entropy', classes: 1 },
  { ...files, header: 'yes' },
  { ...files, inputsSha256: 'x' },
  { ...files, inputsSha256: '0'.repeat(64) },
];

describeTask(array, { packageFile, refused, options: { ...files, validation: 7, test: 0.2 } });
describeTask(array, {
  packageFile,
  options: { inputs, targets: labels, loss: 'softmax-cross-entropy', standardize: true },
});
