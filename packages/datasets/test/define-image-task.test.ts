import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { silent, type MeanfieldError } from '@meanfield/core';
import { createStream } from '@meanfield/numerics';
import { afterAll, describe, expect, it } from 'vitest';

import { defineImageTask, mnistLayout } from '../src/index.js';
import { refusalOf } from './small-dataset.js';

const hash = (digit: string): string => digit.repeat(64);
const digits = defineImageTask({
  dataset: mnistLayout({
    name: 'digits',
    sha256: { trainImages: hash('1'), trainLabels: hash('2'), testImages: hash('3'), testLabels: hash('4') },
    mirrors: [],
  }),
  package: 'task-digits',
  version: '1.2.3',
  summary: 'digits',
  references: [],
});

describe('defineImageTask', () => {
  it('trains as singh2021 §2.3 does', () => {
    const { name, inputSize, outputSize, loss, metric, defaults, remarks } = digits.create();
    expect({ name, inputSize, outputSize, loss, metric }).toEqual({
      name: 'digits',
      inputSize: 784,
      outputSize: 10,
      loss: 'softmax-cross-entropy',
      metric: 'accuracy',
    });
    expect(defaults.batchSize).toBe(600);
    expect(defaults.hiddenWidths).toEqual(new Array<number>(10).fill(100));
    expect(remarks.join('; ')).toMatch(/10000 test images.*\[0, 1\].*linear/);
    expect(digits.references.map(({ key }) => key)).toEqual(['singh2021']);
  });

  const folder = mkdtempSync(join(tmpdir(), 'meanfield-digits-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const refusalIn = (dataFolder: string): Promise<MeanfieldError> =>
    refusalOf(() =>
      digits
        .create({ download: false })
        .load({ stream: createStream(1, 'task'), report: silent, dataFolder }),
    );

  it('names every place where its files are not, and what to do', async () => {
    const before = process.env['MEANFIELD_CACHE'];
    process.env['MEANFIELD_CACHE'] = join(folder, 'cache');
    try {
      const error = await refusalIn(join(folder, 'nothing'));
      expect(error.code).toBe('DATA_UNAVAILABLE');
      expect(error.message).toContain(join(folder, 'nothing'));
      expect(error.message).toContain(join(folder, 'cache', 'digits'));
      expect(error.message).toMatch(/set MEANFIELD_DATA to a folder that has digits\/.*\.gz/);
    } finally {
      if (before === undefined) delete process.env['MEANFIELD_CACHE'];
      else process.env['MEANFIELD_CACHE'] = before;
    }
  });

  it.each([
    ['truncated', new Uint8Array(60_007)],
    ['over-long', new Uint8Array(60_009)],
    ['of other values', new Uint8Array(60_008)],
  ])('refuses labels that are damaged: %s', async (name, bytes) => {
    const dataFolder = join(folder, name);
    mkdirSync(join(dataFolder, 'digits'), { recursive: true });
    writeFileSync(join(dataFolder, 'digits', 'train-labels-idx1-ubyte.gz'), gzipSync(bytes));
    const error = await refusalIn(dataFolder);
    expect(error.code).toBe('INVALID_FILE');
    expect(error.exitCode).toBe(2);
    expect(error.message).toMatch(/60008 bytes and SHA-256 2222.*found .*;/);
  });
});
