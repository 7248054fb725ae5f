/**
 * A plugin that classifies the images of a data set, trained as `singh2021` §2.3 trains on MNIST and
 * Fashion-MNIST: batches of 600, "10 layers of 100 (except first and last layer)", which is read here as 10 hidden
 * layers of 100 and a linear output layer of logits.
 */

import {
  cite,
  definePlugin,
  singh2021,
  type PluginDefinition,
  type Reference,
  type TrainingDefaults,
} from '@meanfield/core';

import type { ImageDataset } from './image-dataset.js';
import {
  imageClassificationTask,
  imageTaskOptionDocs,
  imageTaskOptions,
  type ImageTaskOptions,
} from './image-task.js';

const HIDDEN_LAYERS = 10;
const HIDDEN_UNITS = 100;

const DEFAULTS: TrainingDefaults = {
  batchSize: 600,
  hiddenWidths: new Array<number>(HIDDEN_LAYERS).fill(HIDDEN_UNITS),
  activateOutput: false,
};

export interface ImageTaskSpec {
  readonly dataset: ImageDataset;
  /** npm name and version of the package that exports the plugin */
  readonly package: string;
  readonly version: string;
  /** One line for lists */
  readonly summary: string;
  /** Where the data set is from; the source of the training defaults is added */
  readonly references: readonly Reference[];
}

/** The definition of a task plugin named as its data set. */
export function defineImageTask({
  dataset,
  references,
  ...spec
}: ImageTaskSpec): PluginDefinition<'task', Partial<ImageTaskOptions>> {
  return definePlugin({
    ...spec,
    kind: 'task',
    name: dataset.name,
    options: imageTaskOptions(dataset),
    optionDocs: imageTaskOptionDocs(dataset),
    references: [...references, cite(singh2021, '§2.3')],
    create: (options) =>
      imageClassificationTask({
        dataset,
        options,
        defaults: DEFAULTS,
        remarks: [`the output layer is linear: its ${dataset.classes} units are logits`],
      }),
  });
}
