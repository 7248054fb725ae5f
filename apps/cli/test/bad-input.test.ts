import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield } from './run.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-cli-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** One sentence on standard error, nothing on standard output, exit code 2. */
async function expectRefusal(args: readonly string[], mentions: readonly string[]): Promise<void> {
  const { code, stdout, stderr } = await meanfield(...args);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  for (const text of mentions) expect(stderr).toContain(text);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

describe('bad input', () => {
  it.each<[string, string[], string[]]>([
    ['an unknown command', ['teory'], ['teory']],
    ['an unknown flag', ['theory', '--wieght-variance', '2'], ['--wieght-variance']],
    ['an unknown activation', ['theory', '-a', 'tahn'], ['tahn', 'relu, tanh']],
    ['an unknown initializer', ['simulate', '-i', 'hee'], ['hee', 'raai']],
    ['an unknown task', ['train', '-t', 'cifar'], ['cifar', 'teacher-student']],
    ['k at −1', ['theory', '-i', 'aci', '--set', 'initializer.k=-1'], ['k', '-1']],
    ['k below −1', ['boundary', '-i', 'raai', '--set', 'initializer.k=-2'], ['k', '-2']],
    ['a negative variance', ['theory', '--weight-variance', '-1'], ['weightVariance', '-1']],
    ['a negative bias variance', ['theory', '--bias-variance', '-0.1'], ['biasVariance', '-0.1']],
    ['a non-number', ['theory', '--weight-variance', 'two'], ['--weight-variance', '"two"']],
    ['NaN', ['theory', '--weight-variance', 'NaN'], ['--weight-variance', 'NaN']],
    ['infinity', ['theory', '--weight-variance', 'Infinity'], ['--weight-variance', 'Infinity']],
    ['nothing for a number', ['theory', '--weight-variance', ''], ['--weight-variance']],
    ['a non-number option', ['theory', '-i', 'aci', '--set', 'initializer.k=many'], ['k', 'many']],
    ['an unknown option', ['theory', '--set', 'initializer.kk=3'], ['kk', 'weightVariance']],
    ['a malformed --set', ['theory', '--set', 'k=3'], ['initializer.k=100', '"k=3"']],
    [
      'an option that the initializer lacks',
      ['theory', '-i', 'rai', '--bias-variance', '1'],
      ['rai', 'biasVariance'],
    ],
    ['a fractional depth', ['trajectory', '--depth', '1.5'], ['--depth', '1.5']],
    ['a zero width', ['simulate', '--width', '0'], ['--width', '0']],
    ['a correlation above 1', ['trajectory', '--c', '1.5'], ['--c', '1.5']],
    ['both --c and --gap', ['trajectory', '--c', '0', '--gap', '1'], ['--gap']],
    ['a fractional seed', ['simulate', '--seed', '0.5'], ['--seed', '0.5']],
    ['an unknown kind', ['list', 'optimizers'], ['optimizers', 'activation']],
    [
      'a plugin that is not there',
      ['list', '--plugin', 'meanfield-not-there'],
      ['meanfield-not-there', 'npm install'],
    ],
    ['a sample without a file', ['sample', '--fan-in', '2', '--fan-out', '2'], ['--out']],
    ['an unknown optimizer', ['train', '-t', 'teacher-student', '--optimizer', 'lion'], ['lion', 'adam']],
    ['an unknown backend', ['train', '-t', 'teacher-student', '--backend', 'cuda'], ['cuda', 'tfjs']],
    ['a pipeline that is not there', ['run', 'not-there.yaml'], ['not-there.yaml']],
    ['a run that is not there', ['report', 'not-there'], ['not-there']],
    ['a data format that it does not write', ['phase-diagram', '--out', 'figure.pdf'], ['figure.pdf', 'svg']],
  ])('%s', async (_, args, mentions) => {
    await expectRefusal(args, mentions);
  });

  it('an unwritable output is refused before any work, and nothing is left behind', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'kept');
    await expectRefusal(
      ['sample', '--fan-in', '4', '--fan-out', '4', '--out', join(file, 'w.npz')],
      ['w.npz', 'choose another'],
    );
    await expectRefusal(['simulate', '--out', join(file, 'result.json')], ['result.json']);
    await expectRefusal(['run', pipeline('seed: 1'), '--out', join(file, 'run')], ['run']);
    expect(readdirSync(folder).filter((name) => name !== 'file' && !name.endsWith('.yaml'))).toEqual([]);
  });

  const pipeline = (text: string): string => {
    const path = join(folder, 'pipeline.yaml');
    writeFileSync(path, `name: test\n${text}\nsteps:\n  - id: one\n    experiment: theory\n`);
    return path;
  };

  it('a configuration or a pipeline with an unknown key', async () => {
    const config = join(folder, 'config.yaml');
    writeFileSync(config, 'pluginz: []\n');
    await expectRefusal(['list', '--config', config], ['pluginz', 'plugins']);
    await expectRefusal(['run', pipeline('speed: 3')], ['speed']);
  });

  it.each([
    ['truncated', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['over-long', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(1)])],
  ])('a %s IDX file', async (_, change) => {
    const data = mkdtempSync(join(folder, 'data-'));
    const bytes = Buffer.alloc(60_008);
    bytes.writeUInt32BE(0x00000801, 0);
    bytes.writeUInt32BE(60_000, 4);
    writeFileSync(join(data, 'train-labels-idx1-ubyte.gz'), gzipSync(change(bytes)));
    await expectRefusal(
      ['train', '-t', 'fashion-mnist', '--data', data, '--epochs', '1', '--networks', '1'],
      ['train-labels-idx1-ubyte'],
    );
  });
});
