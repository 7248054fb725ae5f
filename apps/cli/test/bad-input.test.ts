import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield } from './run.js';

const SCHEMA = '{ "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } }';
const DEFINITION =
  'export default { apiVersion: 1, kind: "initializer", name: "mine", package: "p", version: "1", summary: "s", options: SCHEMA, optionDocs: {}, references: [], create: () => ({}) };';

/** Ten lists of ten aliases each: 10¹⁰ entries. */
function aliases(): string {
  const lists = Array.from({ length: 10 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(10)}]`);
  return ['l0: &l0 [x]', ...lists, 'plugins: *l10', ''].join('\n');
}

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
    ['a hexadecimal number', ['theory', '--weight-variance', '0x10'], ['--weight-variance', '"0x10"']],
    ['a number beyond float64', ['theory', '--weight-variance', '1e400'], ['"1e400"']],
    ['a prototype’s name', ['theory', '--set', 'initializer.__proto__=1'], ['initializer.__proto__=1']],
    ['a setting of no use here', ['theory', '--set', 'task.teacher=simple'], ['task.teacher', 'initializer']],
    ['a setting without a plugin', ['list', '--set', 'initializer.k=3'], ['initializer.k']],
    [
      'one option twice',
      ['theory', '--weight-variance', '1', '--set', 'initializer.weightVariance=1'],
      ['--weight-variance', 'both'],
    ],
    ['a seed beyond 2^53', ['list', '--seed', '9007199254740993'], ['9007199254740991']],
    ['an unknown progress style', ['list', '--progress', 'loud'], ['loud', 'bars']],
    ['a mean square of 0', ['simulate', '--q', '0'], ['--q', 'above 0']],
    [
      'a flag that the command searches itself',
      ['boundary', '--weight-variance', '1'],
      ['--weight-variance'],
    ],
    ['a fractional depth', ['trajectory', '--depth', '1.5'], ['--depth', '1.5']],
    ['an unknown method', ['simulate', '--method', 'gramm'], ['--method', 'gram or weights', 'gramm']],
    ['an unknown architecture', ['simulate', '--architecture', 'cnn'], ['--architecture', 'resnet', 'cnn']],
    ['a branch of a perceptron', ['simulate', '--branch', 'he'], ['--branch', '--architecture resnet']],
    ['settings of no branch', ['simulate', '--set', 'branch.k=1'], ['branch.k']],
    ['a pair gap above 2', ['simulate', '--pair-gaps', '0.1,3'], ['--pair-gaps', '"3"']],
    ['a pair gap that is none', ['simulate', '--pair-gaps', '0.1,,1'], ['--pair-gaps', '""']],
    ['pairs and a correlation', ['simulate', '--pair-gaps', '1', '--c', '0'], ['--pair-gaps', '--c']],
    ['pairs and a number of inputs', ['simulate', '--pair-gaps', '1', '--inputs', '2'], ['--inputs']],
    [
      'more pairs than entries',
      ['simulate', '--pair-gaps', '1,1', '--input-size', '3'],
      ['at most 3 inputs'],
    ],
    ['a negative number of singular values', ['simulate', '--jacobian', '-1'], ['--jacobian', '"-1"']],
    ['more singular values than units', ['simulate', '--width', '16', '--jacobian', '17'], ['16', '17']],
    ['no threads', ['simulate', '--threads', '0'], ['--threads', '"0"']],
    ['too many threads', ['simulate', '--threads', '1e6'], ['--threads', '1024']],
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

  it.each<[string, string[]]>([
    ['simulate --width', ['simulate', '--width', '1e9']],
    ['simulate --inputs', ['simulate', '--inputs', '1e9']],
    ['simulate --depth', ['simulate', '--depth', '1e9']],
    ['simulate --networks', ['simulate', '--networks', '1e12']],
    ['trajectory --depth', ['trajectory', '--depth', '1e9']],
    ['sample --fan-in', ['sample', '--fan-in', '1e7', '--fan-out', '1e3', '--out', 'w.npz']],
    ['train --width', ['train', '--width', '1e9']],
    ['train --depth', ['train', '--depth', '1e9']],
    ['train --networks', ['train', '--networks', '1e6']],
    ['train --evaluations', ['train', '--evaluations', '1e9']],
    ['task.examples', ['train', '--set', 'task.examples=1e9']],
    ['phase-diagram --points', ['phase-diagram', '--points', '1e6', '--out', 'x.svg']],
  ])('%s beyond memory, before it is used', async (_, args) => {
    await expectRefusal(args, ['Expected']);
  });

  it.each([
    ['throws', 'throw new Error("broken\\nbadly");', 'found broken;'],
    ['has no default export', 'export const x = 1;', 'found nothing'],
    ['exports garbage', 'export default 5;', 'found 5'],
    ['lacks a schema', DEFINITION.replace('SCHEMA', '{}'), 'no options schema'],
    [
      'takes a name of ours',
      DEFINITION.replace('SCHEMA', SCHEMA).replace('"mine"', '"he"'),
      'one initializer named he',
    ],
    [
      'is of another API',
      DEFINITION.replace('SCHEMA', SCHEMA).replace('apiVersion: 1', 'apiVersion: 9'),
      'API version 9',
    ],
  ])('a plugin that %s', async (name, source, mention) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.mjs`);
    writeFileSync(path, source);
    await expectRefusal(['list', '--json', '--plugin', path], [mention]);
  });

  it.each([
    ['that never ends', '/dev/zero', 'more than'],
    ['of nested aliases', aliases(), 'alias'],
    ['of endless nesting', '['.repeat(20_000), 'configuration in YAML'],
    ['with two documents', 'seed: 1\n---\nseed: 2\n', 'multiple documents'],
    ['with a key twice', 'seed: 1\nseed: 2\n', 'unique'],
    ['with a negative seed', 'seed: -1\n', 'seed'],
  ])('a configuration %s', async (_, text, mention) => {
    const path = text.startsWith('/') ? text : join(folder, 'odd.yaml');
    if (path !== text) writeFileSync(path, text);
    await expectRefusal(['list', '--json', '--config', path], [mention]);
  });

  it.skipIf(process.platform === 'win32')('a link that leads nowhere, as an output', async () => {
    symlinkSync('loop.json', join(folder, 'loop.json'));
    await expectRefusal(['theory', '--json', '--out', join(folder, 'loop.json')], ['loop.json', 'ELOOP']);
    rmSync(join(folder, 'loop.json'));
    await expectRefusal(['theory', '--json', '--out', folder], ['it is a folder']);
  });

  it('an unwritable output is refused before any work, and nothing is left behind', async () => {
    const empty = mkdtempSync(join(folder, 'outputs-'));
    const file = join(empty, 'file');
    writeFileSync(file, 'kept');
    await expectRefusal(
      ['sample', '--fan-in', '4', '--fan-out', '4', '--out', join(file, 'w.npz')],
      ['w.npz', 'choose another'],
    );
    await expectRefusal(['simulate', '--out', join(file, 'result.json')], ['result.json']);
    await expectRefusal(['run', pipeline('seed: 1'), '--out', join(file, 'run')], ['run']);
    expect(readdirSync(empty)).toEqual(['file']);
    expect(readFileSync(file, 'utf8')).toBe('kept');
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
    ['altered', (bytes: Buffer) => bytes.fill(1, 8)],
  ])('a %s IDX file, compressed or not', async (_, change) => {
    const bytes = Buffer.alloc(60_008);
    bytes.writeUInt32BE(0x00000801, 0);
    bytes.writeUInt32BE(60_000, 4);
    const content = change(bytes);
    const files: readonly (readonly [string, Buffer])[] = [
      ['train-labels-idx1-ubyte', content],
      ['train-labels-idx1-ubyte.gz', gzipSync(content)],
      ['train-labels-idx1-ubyte.gz', gzipSync(content).subarray(0, -10)],
    ];
    for (const [name, stored] of files) {
      const data = mkdtempSync(join(folder, 'data-'));
      writeFileSync(join(data, name), stored);
      const sizes = ['--epochs', '1', '--networks', '1'];
      await expectRefusal(['train', '-t', 'fashion-mnist', '--data', data, ...sizes], [name]);
    }
  });
});
