/** The task of classifying the images of a data set with a dense network. */

import {
  MeanfieldError,
  sharedFloats,
  type Examples,
  type OptionDocs,
  type RandomStream,
  type Task,
  type TaskContext,
  type TaskData,
  type TrainingDefaults,
} from '@meanfield/core';
import { shuffledOrder } from '@meanfield/numerics';
import { z } from 'zod';

import { loadImageClassification, type ImageDataset, type LabelledImages } from './image-dataset.js';
import type { DataSources } from './load-verified-file.js';

const GREY_VALUES = 256;

export interface ImageTaskOptions {
  /**
   * 'unit': grey value / 255, in [0, 1]. 'standardize': less the mean and divided by the deviation of all grey
   * values of the training file, one number each, so that inputs have mean square 1
   */
  readonly scaling: 'unit' | 'standardize';
  /** Training images held out for validation; 0 validates on the test images */
  readonly validation: number;
  /** Training images to train on; all that are not held out when absent */
  readonly trainingExamples?: number | undefined;
  /** Whether missing files may be downloaded */
  readonly download: boolean;
}

/** Schema of a plugin's options for a data set: what fits its number of images. */
export function imageTaskOptions({ train: { count } }: ImageDataset): z.ZodType<ImageTaskOptions> {
  return z
    .strictObject({
      scaling: z.enum(['unit', 'standardize']).default('unit'),
      validation: z
        .int()
        .min(0)
        .max(count - 1)
        .default(0),
      trainingExamples: z.int().min(1).max(count).optional(),
      download: z.boolean().default(true),
    })
    .refine(({ validation, trainingExamples = 1 }) => validation + trainingExamples <= count, {
      path: ['trainingExamples'],
      error: `with those held out for validation, more than the ${count} images there are`,
    });
}

export function imageTaskOptionDocs({ train: { count } }: ImageDataset): OptionDocs {
  return {
    scaling: "'unit' (pixels in [0, 1], the default) or 'standardize' (mean 0, variance 1 over all pixels)",
    validation: `training images held out for validation, 0 to ${count - 1}; default 0: validate on the test images`,
    trainingExamples: `training images used, 1 to ${count} less those held out, drawn by the seed; default all of them`,
    download: 'whether missing files may be downloaded, default true',
  };
}

export interface ImageTaskRequest {
  readonly dataset: ImageDataset;
  readonly options: ImageTaskOptions;
  readonly defaults: TrainingDefaults;
  /** Conventions beyond those that the options fix */
  readonly remarks?: readonly string[];
  /** Where else to look, and how long; the data folder comes with the context */
  readonly sources?: Omit<DataSources, 'dataFolder' | 'download'>;
}

/** A task whose `load` finds, verifies and scales the images. */
export function imageClassificationTask({
  dataset,
  options,
  defaults,
  remarks = [],
  sources = {},
}: ImageTaskRequest): Task {
  const { scaling, validation, download } = options;
  return {
    name: dataset.name,
    inputSize: dataset.height * dataset.width,
    outputSize: dataset.classes,
    loss: 'softmax-cross-entropy',
    metric: 'accuracy',
    defaults,
    remarks: [
      validation === 0
        ? `validation is on the ${dataset.test.count} test images, so nothing should be chosen by it`
        : `validation is on ${validation} training images held out by the seed`,
      scaling === 'unit'
        ? 'pixels are scaled to [0, 1]'
        : 'pixels have mean 0 and variance 1 over the training file',
      ...remarks,
    ],
    async load({ stream, report, dataFolder }: TaskContext): Promise<TaskData> {
      const images = await loadImageClassification(dataset, { ...sources, dataFolder, download }, report);
      return splitImages(images, options, stream);
    },
  };
}

/**
 * Scaled splits. The training images are shuffled by `stream`; the first `validation` of them are held out and
 * the next `trainingExamples` trained on, so that the number trained on does not change what is held out.
 */
export function splitImages(
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  { scaling, validation, trainingExamples = train.count - validation }: ImageTaskOptions,
  stream: RandomStream,
): TaskData {
  const scale = greyScale(train, scaling);
  const order = shuffledOrder(train.count, stream.child('order'));
  const held = order.subarray(0, validation);
  const used = order.subarray(validation, validation + trainingExamples);
  const testExamples = examplesOf(
    test,
    Uint32Array.from({ length: test.count }, (_, index) => index),
    scale,
  );
  const trainExamples = examplesOf(train, used, scale);
  return validation === 0
    ? { train: trainExamples, validation: testExamples }
    : { train: trainExamples, validation: examplesOf(train, held, scale), test: testExamples };
}

/** The input that each grey value becomes. */
function greyScale({ pixels }: LabelledImages, scaling: ImageTaskOptions['scaling']): Float32Array {
  if (scaling === 'unit')
    return Float32Array.from({ length: GREY_VALUES }, (_, grey) => grey / (GREY_VALUES - 1));
  const counts = new Float64Array(GREY_VALUES);
  for (const grey of pixels) counts[grey]!++;
  // Sums of integers below 2⁵³: exact.
  const sum = counts.reduce((total, count, grey) => total + count * grey, 0);
  const squares = counts.reduce((total, count, grey) => total + count * grey * grey, 0);
  const mean = sum / pixels.length;
  const deviation = Math.sqrt(squares / pixels.length - mean * mean);
  if (!(deviation > 0)) {
    throw new MeanfieldError({
      code: 'INVALID_FILE',
      expected: 'images with more than one grey value to standardize',
      found: `the value ${mean} in every pixel`,
      remedy: "use scaling 'unit'",
    });
  }
  return Float32Array.from({ length: GREY_VALUES }, (_, grey) => (grey - mean) / deviation);
}

function examplesOf(
  { count, pixels, labels }: LabelledImages,
  chosen: Uint32Array,
  scale: Float32Array,
): Examples {
  const size = pixels.length / count;
  const inputs = sharedFloats(chosen.length * size);
  const chosenLabels = new Int32Array(chosen.length);
  for (let row = 0; row < chosen.length; row++) {
    const image = chosen[row]!;
    const from = image * size;
    const to = row * size;
    for (let pixel = 0; pixel < size; pixel++) inputs[to + pixel] = scale[pixels[from + pixel]!]!;
    chosenLabels[row] = labels[image]!;
  }
  return { count: chosen.length, inputs, targets: { kind: 'labels', labels: chosenLabels } };
}
