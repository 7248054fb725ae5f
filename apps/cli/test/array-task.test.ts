import { writeNpy } from '@meanfield/tensor-files';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-array-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const train = (...set: readonly string[]): string[] => [
  ...['train', '-t', 'array', '--width', '4', '--depth', '1', '--steps', '3', '--networks', '2'],
  ...['backend.engine=cpu', ...set].flatMap((option) => ['--set', option]),
];

describe('train -t array', () => {
  it('learns from arrays of one’s own, numbers and classes', async () => {
    const values = Float64Array.from({ length: 40 }, (_, at) => Math.sin(at));
    const inputs = put('x.npy', writeNpy({ shape: [20, 2], data: values }));
    const targets = put('y.npy', writeNpy({ shape: [20], data: values.slice(0, 20) }));
    const numbers = await meanfieldJson(...train(`task.inputs=${inputs}`, `task.targets=${targets}`));
    expect(numbers['task']).toMatchObject({ name: 'array', loss: 'mse' });

    const labels = put('labels.csv', `kind\n${'0\n1\n'.repeat(10)}`);
    const classes = await meanfieldJson(
      ...train(`task.inputs=${inputs}`, `task.targets=${labels}`, 'task.header=true', 'task.validation=5'),
      ...['--set', 'task.loss=softmax-cross-entropy'],
    );
    expect(classes['task']).toMatchObject({ metric: 'accuracy' });
    expect(classes['batchSize']).toBe(1);
  });

  it('says in one sentence what is wrong with a file', async () => {
    const inputs = put('words.csv', '1,2\nthree,4\n');
    const { code, stderr } = await meanfield(...train(`task.inputs=${inputs}`, `task.targets=${inputs}`));
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^meanfield: Expected a finite decimal number in line 2, column 1 of .*words\.csv.*\.\n$/,
    );
    const missing = await meanfield(...train(`task.inputs=${inputs}`, 'task.targets=nothing.npy'));
    expect(missing.stderr).toMatch(/option targets of task array, found "nothing\.npy" \(no such file/);
  });
});
