/** MNIST (`lecun1998b`, CC BY-SA 3.0): 60,000 + 10,000 grey images of 28 × 28 pixels, handwritten digits. */

import { cite, lecun1998b, type PluginDefinition } from '@meanfield/core';
import { defineImageTask, mnistLayout, type ImageTaskOptions } from '@meanfield/datasets';

/** Defaults: scaling 'unit', validation 0 (on the test images), all training images, downloads allowed */
export type MnistOptions = Partial<ImageTaskOptions>;

const mnist: PluginDefinition<'task', MnistOptions> = defineImageTask({
  dataset: mnistLayout({
    name: 'mnist',
    sha256: {
      trainImages: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
      trainLabels: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
      testImages: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
      testLabels: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
    mirrors: [
      'https://ossci-datasets.s3.amazonaws.com/mnist/',
      'https://storage.googleapis.com/cvdf-datasets/mnist/',
    ],
  }),
  package: '@meanfield/task-mnist',
  version: '0.1.0',
  summary: 'classify the 28 × 28 images of MNIST into the 10 digits',
  references: [cite(lecun1998b)],
});

export default mnist;
