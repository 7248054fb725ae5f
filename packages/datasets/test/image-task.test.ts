import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseOptions, silent, type Examples, type TaskData } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  imageClassificationTask,
  imageTaskOptionDocs,
  imageTaskOptions,
  loadImageClassification,
  type ImageTaskOptions,
} from '../src/index.js';
import {
  CLASSES,
  contentOf,
  contents,
  HEIGHT,
  idx,
  refusalOf,
  sha256,
  smallDataset,
  TEST,
  TRAIN,
  WIDTH,
} from './small-dataset.js';

const SIZE = HEIGHT * WIDTH;
const dataset = smallDataset();
let dataFolder: string;
beforeAll(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'meanfield-images-'));
  mkdirSync(join(dataFolder, 'small'));
  for (const [name, content] of Object.entries(contents))
    writeFileSync(join(dataFolder, 'small', name), content);
});
afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

const parse = (options: unknown): ImageTaskOptions =>
  parseOptions('task small', imageTaskOptions(dataset), options, imageTaskOptionDocs(dataset));
const load = async (options: unknown = {}, seed = 1): Promise<TaskData> =>
  imageClassificationTask({
    dataset,
    options: parse(options),
    defaults: { batchSize: 5, hiddenWidths: [4] },
    sources: { cacheFolder: join(dataFolder, 'no-cache') },
  }).load({ stream: createStream(seed, 'task'), report: silent, dataFolder });

/** Each row with its label, as text. */
const rowsOf = ({ inputs, targets }: Examples): string[] => {
  if (targets.kind !== 'labels') throw new Error('labels expected');
  return Array.from(
    targets.labels,
    (label, row) => `${inputs.subarray(row * SIZE, (row + 1) * SIZE).join()}:${label}`,
  );
};
const fileRows = (images: string, labels: string): string[] => {
  const pixels = contentOf(images).subarray(16);
  return Array.from(contentOf(labels).subarray(8), (label, row) => {
    const inputs = Float32Array.from(pixels.subarray(row * SIZE, (row + 1) * SIZE), (grey) => grey / 255);
    return `${inputs.join()}:${label}`;
  });
};

describe('imageClassificationTask', () => {
  it('has every training image once, with its label, and validates on the test images', async () => {
    const { train, validation, test } = await load();
    expect(rowsOf(train).sort()).toEqual(fileRows('train-images', 'train-labels').sort());
    expect(rowsOf(validation)).toEqual(fileRows('test-images', 'test-labels'));
    expect(test).toBeUndefined();
    expect([train.count, validation.count]).toEqual([TRAIN, TEST]);
  });

  it('holds out what is asked, the same for every number trained on', async () => {
    const all = await load({ validation: 6 });
    const few = await load({ validation: 6, trainingExamples: 3 });
    expect([all.train.count, all.validation.count, all.test?.count]).toEqual([TRAIN - 6, 6, TEST]);
    expect(rowsOf(few.validation)).toEqual(rowsOf(all.validation));
    expect(rowsOf(few.train)).toEqual(rowsOf(all.train).slice(0, 3));
    const together = [...rowsOf(all.train), ...rowsOf(all.validation)].sort();
    expect(together).toEqual(fileRows('train-images', 'train-labels').sort());
  });

  it('lies in memory that the threads of a backend share', async () => {
    expect((await load()).train.inputs.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('draws the order by the seed', async () => {
    const first = await load({ trainingExamples: 8 });
    expect(await load({ trainingExamples: 8 })).toEqual(first);
    expect(rowsOf((await load({ trainingExamples: 8 }, 2)).train)).not.toEqual(rowsOf(first.train));
  });

  it('standardizes by the training file: mean 0 and variance 1, whatever part is used', async () => {
    const { inputs } = (await load({ scaling: 'standardize' })).train;
    const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
    const square = inputs.reduce((sum, x) => sum + x * x, 0) / inputs.length;
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(Math.abs(square - 1)).toBeLessThan(1e-6);
    const part = (await load({ scaling: 'standardize', trainingExamples: 3 })).train.inputs;
    expect([...part]).toEqual([...inputs.subarray(0, part.length)]);
  });

  it.each([
    [{ validation: -1 }, 'validation'],
    [{ validation: TRAIN }, 'validation'],
    [{ trainingExamples: 0 }, 'trainingExamples'],
    [{ trainingExamples: 1.5 }, 'trainingExamples'],
    [{ trainingExamples: 15, validation: 6 }, 'trainingExamples'],
    [{ scaling: 'log' }, 'scaling'],
    [{ download: 'no' }, 'download'],
    [{ examples: 3 }, 'options'],
  ])('refuses %j', async (options, subject) => {
    const error = await refusalOf(() => parse(options));
    expect(error.code).toBe('INVALID_OPTION');
    expect(error.message).toContain(subject);
  });
});

describe('loadImageClassification', () => {
  it('refuses files that verify but are not what the data set says', async () => {
    const stray = idx([TEST], [0, 1, CLASSES, 0, 0, 0]);
    const other = idx([TRAIN, WIDTH, HEIGHT], contentOf('train-images').subarray(16));
    writeFileSync(join(dataFolder, 'stray'), stray);
    writeFileSync(join(dataFolder, 'other'), other);
    const labels = { ...dataset.test, labels: { name: 'stray', sha256: sha256(stray) } };
    const images = { ...dataset.train, images: { name: 'other', sha256: sha256(other) } };
    const first = await refusalOf(() =>
      loadImageClassification({ ...dataset, test: labels }, { dataFolder }),
    );
    expect(first.message).toMatch(/labels below 4 in stray, found 4 at 2/);
    const second = await refusalOf(() =>
      loadImageClassification({ ...dataset, train: images }, { dataFolder }),
    );
    expect(second.message).toMatch(/\[20,3,2\] in other, found \[20,2,3\]/);
    expect([first.code, second.code]).toEqual(['INVALID_FILE', 'INVALID_FILE']);
  });
});
