import { cite, definePlugin, singh2021, xiao2017, type PluginDefinition } from '@meanfield/core';
import {
  imageClassificationTask,
  imageTaskOptionDocs,
  imageTaskOptions,
  type ImageTaskOptions,
} from '@meanfield/datasets';

import { fashionMnistFiles } from './fashion-mnist.js';

/** Defaults: scaling 'unit', validation 0 (on the test images), all training images, downloads allowed */
export type FashionMnistOptions = Partial<ImageTaskOptions>;

const HIDDEN_LAYERS = 10;
const HIDDEN_UNITS = 100;
const BATCH_SIZE = 600;

const fashionMnist: PluginDefinition<'task', FashionMnistOptions> = definePlugin({
  kind: 'task',
  name: 'fashion-mnist',
  package: '@meanfield/task-fashion-mnist',
  version: '0.1.0',
  summary: 'classify the 28 × 28 images of Fashion-MNIST into 10 kinds of clothing',
  options: imageTaskOptions(fashionMnistFiles),
  optionDocs: imageTaskOptionDocs(fashionMnistFiles),
  references: [cite(xiao2017), cite(singh2021, '§2.3')],
  create: (options) =>
    imageClassificationTask({
      dataset: fashionMnistFiles,
      options,
      defaults: {
        batchSize: BATCH_SIZE,
        hiddenWidths: Array.from({ length: HIDDEN_LAYERS }, () => HIDDEN_UNITS),
        activateOutput: false,
      },
      remarks: ['the output layer is linear: its 10 units are logits'],
    }),
});

export default fashionMnist;
