/** The files of an image task themselves, where they are at hand, against published facts about the data set. */

import { silent, type PluginDefinition } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

export interface ImageFilesContract {
  /** Where the files are; the test is skipped, which is said, without it */
  readonly dataFolder: string | undefined;
  /** Training images of each class */
  readonly classCounts: readonly number[];
  readonly testImages: number;
  /** Mean and deviation over all training pixels in [0, 1], by which the data set is usually normalised */
  readonly mean: number;
  readonly deviation: number;
}

function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  const { length } = values;
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < length; at++) {
    const x = values[at]!;
    sum += x;
    squares += x * x;
  }
  const mean = sum / length;
  return { mean, deviation: Math.sqrt(squares / length - mean * mean) };
}

/** Registers a test with vitest that loads the whole data set once. */
export function describeImageFiles(definition: PluginDefinition<'task'>, contract: ImageFilesContract): void {
  const { dataFolder = '', classCounts, testImages, mean, deviation } = contract;
  if (dataFolder === '')
    console.info(`The files of ${definition.name} are not tested: MEANFIELD_DATA is not set.`);
  describe.skipIf(dataFolder === '')(`the files of ${definition.name}`, () => {
    it(`have the images of each class, mean ${mean} and deviation ${deviation}`, async () => {
      const { train, validation, test } = await definition
        .create({ download: false })
        .load({ stream: createStream(1, 'task'), report: silent, dataFolder });
      const { inputs, targets } = train;
      const counts = classCounts.map(() => 0);
      if (targets.kind === 'labels') for (const label of targets.labels) counts[label]!++;
      expect(counts).toEqual(classCounts);
      expect([validation.count, test]).toEqual([testImages, undefined]);
      const found = momentsOf(inputs);
      expect(found.mean).toBeCloseTo(mean, 4);
      expect(found.deviation).toBeCloseTo(deviation, 4);
    });
  });
}
