import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { readNpz } from '@meanfield/tensor-files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseHidden } from '../src/request/training.js';
import { meanfield, meanfieldJson } from './run.js';

const TASK = [
  ...['train', '--set', 'task.examples=60', '--set', 'task.validationExamples=20', '--batch-size', '20'],
  ...['--set', 'task.inputSize=5', '--set', 'task.outputSize=2', '--networks', '2'],
];
const TINY = [...TASK, '--set', 'backend.engine=cpu'];
const STEPS = ['--hidden', '6x2', '--steps', '4'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-train-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Curve {
  readonly mean: readonly number[];
  readonly stderr: readonly number[];
}

describe('parseHidden', () => {
  it('reads layers of one size, and layers one by one', () => {
    expect(parseHidden('100x3')).toEqual([100, 100, 100]);
    expect(parseHidden('300-100')).toEqual([300, 100]);
    expect(parseHidden('7')).toEqual([7]);
  });

  it.each(['', 'x', '0x3', '3x0', '3x1001', '3x', '1.5x2', '3-0', '-3', '1e3x2', '4x2-3', '3x1e9'])(
    'refuses %j',
    (text) => {
      expect(() => parseHidden(text)).toThrow(/--hidden/);
    },
  );
});

describe('train', () => {
  it('measures what it is asked to, at the points that it is asked for', async () => {
    const found = await meanfieldJson(...TINY, ...STEPS, '--every', '3', '--measure', 'gradients,dead');
    const curves = found['curves'] as Record<string, Curve[]> & { step: number[] };
    expect(curves.step).toEqual([0, 3, 4]);
    expect(curves['gradientNorm']).toHaveLength(3);
    expect(curves['deadShare']).toHaveLength(2);
    for (const { mean, stderr } of [...curves['gradientNorm']!, ...curves['deadShare']!])
      expect([mean.length, stderr.length]).toEqual([3, 3]);
    expect(found['probed']).toEqual([{ status: 'only', name: 'tfjs' }]);
  });

  it('shows losses with their errors, and how it went', async () => {
    const { stdout } = await meanfield(...TINY, ...STEPS, '--momentum', '0.9', '--measure', 'dead');
    expect(stdout).toMatch(/^step\s+epoch\s+training loss\s+validation loss\n\s+0\s+0\s+\d.* ± /);
    expect(stdout).toContain('Share of dead units by layer:');
    expect(stdout).toMatch(/networks +2\n/);
    expect(stdout).toMatch(/backend +tfjs\n/);
  });

  it('saves the networks that it trained, the same bytes again', async () => {
    const save = async (name: string, ...more: readonly string[]): Promise<string[]> => {
      const path = join(folder, name);
      return (await meanfieldJson(...TINY, ...STEPS, '--save', path, ...more))['saved'] as string[];
    };
    const first = await save('net.npz');
    expect(first).toEqual([join(folder, 'net-0.npz'), join(folder, 'net-1.npz')]);
    const [a, b] = first.map((file) => readFileSync(file));
    expect(a!.equals(b!)).toBe(false);
    const tensors = readNpz(a!);
    expect(tensors.get('layer/1/weights')!.shape).toEqual([5, 6]);
    expect(tensors.get('layer/3/bias')!.shape).toEqual([2]);
    const alone = await save('alone.npz', '--networks', '1');
    expect(alone).toEqual([join(folder, 'alone.npz')]);
    expect(readFileSync(alone[0]!).equals(a!)).toBe(true);
    await save('model/');
    expect(readdirSync(join(folder, 'model-1')).sort()).toEqual(['model.json', 'weights.bin']);
  });

  it.each([
    ['both shapes', ['--hidden', '6x2', '--width', '3'], '--hidden'],
    ['both kinds of points', ['--every', '3', '--evaluations', '4'], '--every'],
    ['an unknown measure', ['--measure', 'weights'], '--measure'],
    ['momentum of adam', ['--optimizer', 'adam', '--momentum', '0.9'], 'momentum'],
    ['a momentum of 1', ['--momentum', '1'], 'momentum'],
    ['the rate twice', ['--learning-rate', '1', '--set', 'optimizer.learningRate=1'], '--learning-rate'],
    ['threads twice', ['--set', 'backend.threads=2', '--threads', '2'], '--threads'],
    ['no threads', ['--threads', '0'], '--threads'],
    ['an option that no backend has', ['--set', 'backend.gpus=2'], 'gpus'],
    ['a negative time', ['--checkpoint-every', '-1'], '--checkpoint-every'],
    ['an unknown ending', ['--save', 'net.bin'], 'net.bin'],
    ['a folder that cannot be', ['--checkpoint', '/dev/null/here'], '/dev/null/here'],
  ])('refuses %s in one sentence, before it works', async (_, args, named) => {
    const { code, stdout, stderr } = await meanfield(...TINY, ...args);
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain(named);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

const CLI = fileURLToPath(new URL('../bin/meanfield.js', import.meta.url));
const LONG = [
  ...[...TASK, '--backend', 'simd', '--hidden', '20x3', '--steps', '300'],
  ...['--measure', 'gradients', '--optimizer', 'adam'],
];

/** Runs the command in a process of its own and ends it with SIGKILL after its `writes`-th checkpoint. */
async function killed(checkpoint: string, writes: number, ...more: readonly string[]): Promise<void> {
  const args = [CLI, ...LONG, ...more, '--checkpoint', checkpoint, '--checkpoint-every', '0'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const closed = new Promise((resolve) => child.on('close', resolve));
  const isWritten = (): boolean =>
    existsSync(checkpoint) && readdirSync(checkpoint).some((name) => !name.endsWith('.partial'));
  const before = new Set<string>();
  while (before.size < writes && child.exitCode === null) {
    if (isWritten()) {
      const [name = ''] = readdirSync(checkpoint).filter((each) => !each.endsWith('.partial'));
      before.add(readFileSync(join(checkpoint, name)).subarray(0, 200).toString('latin1'));
    }
    await sleep(2);
  }
  child.kill('SIGKILL');
  await closed;
}

describe('a training that is killed', () => {
  beforeAll(() => {
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript7/bin/tsc', import.meta.url));
    execFileSync(process.execPath, [tsc, '-b', fileURLToPath(new URL('..', import.meta.url))]);
  }, 120_000);

  it('goes on from its checkpoint to the same bytes, with other threads too, and leaves none behind', async () => {
    const checkpoint = join(folder, 'checkpoint');
    const saved = (name: string): string => join(folder, name, 'net.safetensors');
    const undisturbed = await meanfieldJson(...LONG, '--save', saved('whole'));
    await killed(checkpoint, 2, '--threads', '2');
    await killed(checkpoint, 3, '--threads', '1');
    expect(readdirSync(checkpoint).filter((name) => !name.endsWith('.partial'))).toHaveLength(1);
    const resumed = await meanfieldJson(...LONG, '--save', saved('resumed'), '--checkpoint', checkpoint);
    expect(resumed['resumedAt']).toBeGreaterThan(0);
    for (const key of ['curves', 'final', 'outcomes']) expect(resumed[key]).toEqual(undisturbed[key]);
    for (const network of [0, 1]) {
      const [whole, again] = ['whole', 'resumed'].map((name) =>
        readFileSync(saved(name).replace('net', `net-${network}`)),
      );
      expect(again!.equals(whole!)).toBe(true);
    }
    expect(readdirSync(checkpoint)).toEqual([]);
  }, 60_000);

  it('begins anew where its checkpoint is damaged, and says so', async () => {
    const checkpoint = join(folder, 'damaged');
    await killed(checkpoint, 1);
    const [name = ''] = readdirSync(checkpoint).filter((each) => !each.endsWith('.partial'));
    writeFileSync(join(checkpoint, name), 'nothing of the kind');
    mkdirSync(join(checkpoint, 'other'));
    const { remarks, resumedAt } = await meanfieldJson(...LONG, '--checkpoint', checkpoint);
    expect([remarks, resumedAt]).toEqual([[expect.stringContaining('training began anew')], null]);
  }, 60_000);
});
