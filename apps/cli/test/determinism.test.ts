import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-determinism-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const SIMULATE = [
  'simulate',
  '--width',
  '24',
  '--depth',
  '3',
  '--inputs',
  '4',
  '--networks',
  '3',
  '-i',
  'raai',
  // Worker threads need the built packages.
  '--threads',
  '1',
];
const TRAIN = [
  ...['train', '--set', 'task.examples=60', '--set', 'task.validationExamples=20'],
  ...['--set', 'backend.engine=cpu', '--width', '6', '--depth', '2', '--steps', '3', '--networks', '2'],
];
const TIMES = ['seconds', 'trainingSeconds', 'stepsPerSecond', 'liveBuffers'];

async function withoutTimes(...args: readonly string[]): Promise<string> {
  const found = await meanfieldJson(...args);
  return JSON.stringify(Object.entries(found).filter(([key]) => !TIMES.includes(key)));
}

describe('the same command', () => {
  it.each([
    ['simulate', SIMULATE],
    ['train', TRAIN],
    ['theory', ['theory', '-a', 'tanh', '--bias-variance', '0.1']],
    ['boundary', ['boundary', '-i', 'raai']],
    ['trajectory', ['trajectory', '-i', 'rai', '--depth', '5']],
  ])('%s gives the same document twice', async (_, args) => {
    expect(await withoutTimes(...args)).toBe(await withoutTimes(...args));
  });

  it.each([
    ['simulate', SIMULATE],
    ['train', TRAIN],
  ])('%s with another seed gives another one, and seed 0 is the default', async (_, args) => {
    const found = await withoutTimes(...args);
    expect(await withoutTimes(...args, '--seed', '0')).toBe(found);
    expect(await withoutTimes(...args, '--seed', '1')).not.toBe(found);
  });

  it('sample writes the same bytes, and others for another seed', async () => {
    const bytesOf = async (name: string, seed: string): Promise<Buffer> => {
      const file = join(folder, name);
      const sizes = ['--fan-in', '9', '--fan-out', '7', '-i', 'raai'];
      await meanfieldJson('sample', ...sizes, '--seed', seed, '--out', file);
      return readFileSync(file);
    };
    const first = await bytesOf('a.safetensors', '3');
    expect(first.equals(await bytesOf('b.safetensors', '3'))).toBe(true);
    expect(first.equals(await bytesOf('c.safetensors', '4'))).toBe(false);
    expect((await bytesOf('a.npz', '3')).equals(await bytesOf('b.npz', '3'))).toBe(true);
  });
});

describe('standard output', () => {
  it('is one JSON document, while progress goes to standard error as lines of JSON', async () => {
    const { code, stdout, stderr } = await meanfield(...SIMULATE, '--json', '--progress', 'json');
    expect(code).toBe(0);
    expect(stdout.endsWith('}\n')).toBe(true);
    expect(JSON.parse(stdout)).toHaveProperty('layers');
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { progress: object });
    const end = { label: 'simulate', completed: 9, total: 9, secondsLeft: 0 };
    expect(events.at(-1)).toEqual({ progress: end });
    expect(events[0]).toMatchObject({ progress: { secondsLeft: null } });
  });

  it('is silent beside it unless asked for', async () => {
    expect((await meanfield(...SIMULATE, '--json')).stderr).toBe('');
  });

  it('is what --out keeps', async () => {
    const file = join(folder, 'deep', 'theory.json');
    const { stdout } = await meanfield('theory', '--json', '--out', file);
    expect(readFileSync(file, 'utf8')).toBe(stdout);
  });
});
