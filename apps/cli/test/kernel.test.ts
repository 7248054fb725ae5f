import { readNpz, writeNpy } from '@meanfield/tensor-files';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-kernel-'));
  const dense = { dense: { weightVariance: 2 } };
  writeFileSync(at('network.json'), JSON.stringify({ layers: [dense, { activation: 'relu' }, dense] }));
  writeFileSync(at('inputs.npy'), writeNpy({ shape: [2, 2], data: new Float32Array([1, 0, 0, 2]) }));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('kernel', () => {
  it('gives normalised kernels by depth', async () => {
    const found = await meanfieldJson('kernel', '-a', 'relu', '--depth', '2', '--angles', '0,60,90,180');
    expect(Object.keys(found)).toEqual(['angles', 'kernels', 'gaps', 'method']);
    expect(found).toMatchObject({ angles: [0, 60, 90, 180], method: 'closed form' });
    const kernels = found['kernels'] as number[][];
    const arcCosine = (c: number): number => (Math.sqrt(1 - c * c) + (Math.PI - Math.acos(c)) * c) / Math.PI;
    expect(kernels).toHaveLength(3);
    for (const [i, start] of [1, 0.5, 0, -1].entries()) {
      expect(kernels[0]![i]).toBeCloseTo(start, 15);
      expect(kernels[1]![i]).toBeCloseTo(arcCosine(start), 14);
      expect(kernels[2]![i]).toBeCloseTo(arcCosine(arcCosine(start)), 14);
    }
  });

  it('keeps the digits of small gaps', async () => {
    const found = await meanfieldJson('kernel', '--depth', '1', '--gaps', '1e-20,2');
    expect((found['angles'] as number[])[1]).toBeCloseTo(180, 12);
    const gaps = found['gaps'] as number[][];
    expect(gaps[1]![0]! / 1e-20).toBeCloseTo(1 - (2 ** 1.5 * 1e-10) / (3 * Math.PI), 14);
  });

  it('takes options of activations, variances, and shows a table', async () => {
    const options = ['--depth', '1', '--angles', '90', '--set', 'activation.negativeSlope=1'];
    const linear = await meanfieldJson('kernel', '-a', 'leaky-relu', ...options, '--bias-variance', '0.25');
    expect((linear['kernels'] as number[][])[1]![0]).toBeCloseTo(0.2, 14);
    expect(linear['method']).toBe('closed form');
    const pairOf = (name: string) => meanfieldJson('kernel', '-a', name, '--depth', '1', '--angles', '90');
    expect((await pairOf('elu'))['method']).toBe('single integral');
    expect((await pairOf('silu'))['method']).toBe('quadrature');
    const { stdout, code } = await meanfield('kernel', '-a', 'tanh', '--depth', '3');
    expect(code).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^layer +0° +30° .* 180°$/);
  });

  it('writes the matrices of a network', async () => {
    const files = ['--network', at('network.json'), '--inputs', at('inputs.npy'), '--out', at('kernels.npz')];
    const found = await meanfieldJson('kernel', ...files, '--ntk');
    expect(found).toMatchObject({ arrays: ['nngp', 'gaps', 'ntk'], shape: [2, 2], method: 'closed form' });
    const written = readNpz(readFileSync(at('kernels.npz')));
    // Lengths 1/2 and 2 of the inputs stay twice as large; orthogonal inputs have E φφ = √(q1 q2)/(2π).
    const nngp = [...written.get('nngp')!.data].map((value) => Number(value.toFixed(13)));
    expect(nngp).toEqual([1, Number((2 / Math.PI).toFixed(13)), Number((2 / Math.PI).toFixed(13)), 4]);
    expect(written.get('ntk')!.data[0]).toBeCloseTo(1 + 2 * 0.5 * 1, 14);
  });

  it.each([
    [['--angles', '0,200'], 'from 0 to 180'],
    [['--angles', ''], '--angles'],
    [['--angles', '1', '--gaps', '1'], 'either --angles or --gaps'],
    [['--gaps', '1,x'], '--gaps'],
    [['--depth', '0'], '--depth'],
    [['--depth', '100000', '--angles', Array.from({ length: 101 }, () => '1').join()], 'at most 10000000'],
    [['--weight-variance', '0'], '--weight-variance'],
    [['--set', 'initializer.k=1'], 'initializer.k'],
    [['-a', 'nothing'], 'relu'],
    [['--network', 'network.json'], 'together'],
    [['--ntk'], 'together'],
    [['--ntk', '--angles', '3'], 'either angles'],
    [['--network', 'nowhere.json', '--inputs', 'x.npy', '--out', 'x.npz'], 'nowhere.json'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await meanfield('kernel', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });

  it.each([
    ['{"layers": [{"activation": "relu"}]}', 'dense'],
    ['{"layers": [', 'JSON'],
    ['{"layers": [{"dense": {"weightVariance": 1}}, {"activation": "nothing"}]}', 'nothing'],
  ])('refuses the network %s', async (text, words) => {
    writeFileSync(at('bad.json'), text);
    const files = ['--network', at('bad.json'), '--inputs', at('inputs.npy'), '--out', at('none.npz')];
    const { code, stderr } = await meanfield('kernel', ...files);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
    expect(existsSync(at('none.npz'))).toBe(false);
  });

  it('refuses inputs of another shape', async () => {
    writeFileSync(at('flat.npy'), writeNpy({ shape: [4], data: new Float32Array(4) }));
    const files = ['--network', at('network.json'), '--inputs', at('flat.npy'), '--out', at('none.npz')];
    expect((await meanfield('kernel', ...files)).stderr).toContain('shape [4]');
  });
});
