import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { isMeanfieldError, silent, type Examples, type MeanfieldError, type TaskData } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { afterAll, describe, expect, it } from 'vitest';

import fashionMnist, { type FashionMnistOptions } from '../src/index.js';

const load = (options: FashionMnistOptions, dataFolder: string): Promise<TaskData> =>
  fashionMnist.create({ download: false, ...options }).load({
    stream: createStream(1, 'task'),
    report: silent,
    dataFolder,
  });
const refusalOf = async (run: () => Promise<unknown>): Promise<MeanfieldError> => {
  try {
    await run();
  } catch (error) {
    if (isMeanfieldError(error)) return error;
    throw error;
  }
  throw new Error('it was not refused');
};

describe('the defaults', () => {
  it('are those of singh2021 §2.3', () => {
    const { inputSize, outputSize, loss, metric, defaults, remarks } = fashionMnist.create();
    expect({ inputSize, outputSize, loss, metric }).toEqual({
      inputSize: 784,
      outputSize: 10,
      loss: 'softmax-cross-entropy',
      metric: 'accuracy',
    });
    expect(defaults.batchSize).toBe(600);
    expect(defaults.hiddenWidths).toEqual(new Array<number>(10).fill(100));
    expect(remarks.join('; ')).toMatch(/10000 test images.*\[0, 1\].*linear/);
  });
});

describe('files that are missing or damaged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meanfield-fashion-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  // Not on a machine whose own cache has the files.
  it('are named with every place and what to do', async () => {
    const before = process.env['MEANFIELD_CACHE'];
    process.env['MEANFIELD_CACHE'] = join(folder, 'cache');
    try {
      const error = await refusalOf(() => load({}, join(folder, 'nothing')));
      expect(error.code).toBe('DATA_UNAVAILABLE');
      expect(error.message).toContain(join(folder, 'nothing'));
      expect(error.message).toContain(join(folder, 'cache', 'fashion-mnist'));
      expect(error.message).toMatch(/set MEANFIELD_DATA to a folder that has fashion-mnist\/.*\.gz/);
    } finally {
      if (before === undefined) delete process.env['MEANFIELD_CACHE'];
      else process.env['MEANFIELD_CACHE'] = before;
    }
  });

  it.each([
    ['truncated', new Uint8Array(60_007)],
    ['over-long', new Uint8Array(60_009)],
    ['of other values', new Uint8Array(60_008)],
  ])('are refused: labels %s', async (name, bytes) => {
    const dataFolder = join(folder, name);
    mkdirSync(join(dataFolder, 'fashion-mnist'), { recursive: true });
    writeFileSync(join(dataFolder, 'fashion-mnist', 'train-labels-idx1-ubyte.gz'), gzipSync(bytes));
    const error = await refusalOf(() => load({}, dataFolder));
    expect(error.code).toBe('INVALID_FILE');
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/60008 bytes and SHA-256 bad3541b.*found .*;/);
  });
});

const dataFolder = process.env['MEANFIELD_DATA'] ?? '';
describe.skipIf(dataFolder === '')('the files themselves', () => {
  const moments = ({ inputs }: Examples): { mean: number; deviation: number } => {
    const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
    const square = inputs.reduce((sum, x) => sum + x * x, 0) / inputs.length;
    return { mean, deviation: Math.sqrt(square - mean * mean) };
  };

  it('have 6,000 images of each class, mean 0.2860 and deviation 0.3530', async () => {
    const { train, validation, test } = await load({}, dataFolder);
    expect([train.count, validation.count, test]).toEqual([60_000, 10_000, undefined]);
    const counts = new Array<number>(10).fill(0);
    if (train.targets.kind === 'labels') for (const label of train.targets.labels) counts[label]!++;
    expect(counts).toEqual(new Array<number>(10).fill(6000));
    const { mean, deviation } = moments(train);
    // The constants by which this data set is usually normalised.
    expect(mean).toBeCloseTo(0.286, 4);
    expect(deviation).toBeCloseTo(0.353, 4);
  });

  it('have mean 0 and deviation 1 when standardized', async () => {
    const { mean, deviation } = moments((await load({ scaling: 'standardize' }, dataFolder)).train);
    expect(Math.abs(mean)).toBeLessThan(1e-6);
    expect(Math.abs(deviation - 1)).toBeLessThan(1e-6);
  });
});
