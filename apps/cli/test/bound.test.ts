import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'meanfield-bound-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Term {
  readonly layer: number;
  readonly activation: string;
  readonly term: number;
  readonly slope: number;
}
const termsOf = (found: Record<string, unknown>): readonly Term[] => found['terms'] as readonly Term[];
const numberOf = (found: Record<string, unknown>, key: string): number => found[key] as number;

/** ReLU with unit variances: P(ρ) = (√(1 − ρ²) + (π − arccos ρ) ρ)/π (`shrinkage2021` app. B) */
const reluMap = (rho: number): number =>
  (Math.sqrt(1 - rho * rho) + (Math.PI - Math.acos(rho)) * rho) / Math.PI;
const iterated = (map: (rho: number) => number, start: number, times: number): number =>
  Array.from({ length: times }).reduce<number>((rho) => map(rho), start);

describe('bound', () => {
  it('gives shrinkage2021 eq. 4.1 for ReLU, and the theorem beside the truth', async () => {
    const found = await meanfieldJson('bound', '-a', 'relu', '--depth', '100');
    expect(found).toMatchObject({
      architecture: 'mlp',
      depth: 100,
      regime: 'critical',
      modes: ['shrinkage'],
    });
    expect(numberOf(found, 'gapMaxBound')).toBeCloseTo(Math.sqrt((16 * Math.PI) / (Math.PI - 2)) / 10, 12);
    const gap = 1 - iterated(reluMap, -1, 100);
    expect(numberOf(found, 'gapMax')).toBeCloseTo(gap, 10);
    expect(numberOf(found, 'rhoMax')).toBeCloseTo(1 - gap, 10);
    const sum = (100 * (Math.PI - 2)) / (2 * Math.PI);
    expect(numberOf(found, 'jacobianLowerBound')).toBeCloseTo(gap * Math.sqrt(sum / 8), 12);
    expect(numberOf(found, 'jacobian')).toBeCloseTo(1, 12);
    expect(numberOf(found, 'boundOverJacobian')).toBeCloseTo(gap * Math.sqrt(sum / 8), 12);
    expect(termsOf(found)).toHaveLength(100);
  });

  it('finds the biases that make erf critical, and gives eq. 4.2', async () => {
    const found = await meanfieldJson(
      ...['bound', '-a', 'erf', '--depth', '64', '--weight-variance', '2', '--bias-variance', 'critical'],
    );
    const angle = Math.atan(2 / Math.sqrt(5));
    const expected = 4 / Math.sqrt((angle - 2 / 3) * Math.sqrt(5)) / 8;
    expect(numberOf(found, 'gapMaxBound')).toBeCloseTo(expected, 12);
    expect(found).toMatchObject({ regime: 'critical' });
    const given = ((2 / Math.PI) * (2 / Math.sqrt(5) - angle) * 2).toString();
    const same = await meanfieldJson(
      ...['bound', '-a', 'erf', '--depth', '64', '--weight-variance', '2', '--bias-variance', given],
    );
    expect(numberOf(same, 'gapMax')).toBeCloseTo(numberOf(found, 'gapMax'), 12);
  });

  it('gives theorem 2 for residual blocks whose variances are over the depth', async () => {
    const residual = ['bound', '-a', 'relu', '--architecture', 'resnet', '--depth', '50'];
    const found = await meanfieldJson(...residual, '--branch-variance', '2/L');
    const s = 2 / 50;
    const term = (s * (Math.PI - 2)) / (4 * Math.PI) / (1 + s / 2);
    for (const each of termsOf(found)) expect(each.term).toBeCloseTo(term, 14);
    const map = (rho: number): number => (rho + (s / 2) * reluMap(rho)) / (1 + s / 2);
    const gap = 1 - iterated(map, -1, 50);
    expect(numberOf(found, 'gapMax')).toBeCloseTo(gap, 12);
    expect(numberOf(found, 'jacobianLowerBound')).toBeCloseTo(gap * Math.sqrt((50 * term) / 8), 12);
    expect(found).toMatchObject({ modes: ['small-branches'] });
    const large = await meanfieldJson(...residual, '--branch-variance', '20');
    expect((large['modes'] as string[])[0]).toBe('shrinkage');
  });

  it('takes layers in turn, and the same network from a file', async () => {
    const args = ['-a', 'relu,erf', '--depth', '6', '--weight-variance', '2,1.5', '--bias-variance', '0,0.1'];
    const found = await meanfieldJson('bound', ...args);
    expect(termsOf(found).map(({ activation }) => activation)).toEqual([
      'relu',
      'erf',
      'relu',
      'erf',
      'relu',
      'erf',
    ]);
    const pair = [
      { activation: 'relu', weightVariance: 2 },
      { activation: { name: 'erf' }, weightVariance: 1.5, biasVariance: 0.1 },
    ];
    writeFileSync(at('layers.json'), JSON.stringify({ layers: [...pair, ...pair, ...pair] }));
    expect(await meanfieldJson('bound', '--network', at('layers.json'))).toEqual(found);
    const leaky = { name: 'leaky-relu', options: { negativeSlope: 0.2 } };
    writeFileSync(
      at('blocks.json'),
      JSON.stringify({ blocks: [{ activation: leaky, branchVariance: 0.5, repeat: 7 }] }),
    );
    const flags = ['-a', 'leaky-relu', '--set', 'activation.negativeSlope=0.2', '--architecture', 'resnet'];
    expect(await meanfieldJson('bound', '--network', at('blocks.json'))).toEqual(
      await meanfieldJson('bound', ...flags, '--depth', '7', '--branch-variance', '0.5'),
    );
  });

  it('explains itself: terms of runs of layers, the mode, what to change', async () => {
    const { code, stdout } = await meanfield(
      'bound',
      '-a',
      'erf',
      '--depth',
      '40',
      '--bias-variance',
      '0.01',
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1–40 +erf /m);
    expect(stdout).toMatch(/^explosion: /m);
    expect(stdout).toMatch(/^→ Set σ_b²\/σ_w² = 0\.105 /m);
    const targets = ['--target-jacobian', '100', '--target-gap', '0.01'];
    const met = await meanfieldJson(
      'bound',
      '-a',
      'erf',
      '--depth',
      '40',
      '--bias-variance',
      '0.01',
      ...targets,
    );
    expect(met).toMatchObject({ modes: ['shallow'], advice: { targets: { jacobianNorm: 100, gap: 0.01 } } });
  });

  it('draws both panels, and writes the document', async () => {
    const args = ['bound', '-a', 'erf', '--depth', '8', '--out'];
    expect((await meanfield(...args, at('bound.svg'))).code).toBe(0);
    expect(readFileSync(at('bound.svg'), 'utf8')).toMatch(/^<svg[\s\S]*infinite width[\s\S]*<\/svg>\s*$/);
    const found = await meanfieldJson(...args, at('bound.json'));
    expect(JSON.parse(readFileSync(at('bound.json'), 'utf8'))).toEqual(found);
  });

  it.each<[string[], string]>([
    [['-a', 'nothing'], 'relu'],
    [['-a', 'relu,erf', '--set', 'activation.beta=1'], '--network'],
    [['--depth', '0'], '--depth'],
    [['--architecture', 'cnn'], 'mlp or resnet'],
    [['--branch-variance', '1'], '--branch-variance'],
    [['--architecture', 'resnet', '--bias-variance', '1'], '--bias-variance'],
    [['-a', 'sigmoid', '--bias-variance', 'critical'], 'sigmoid'],
    [['--weight-variance', '0'], 'normalised'],
    [['--weight-variance', '1,-1'], '--weight-variance'],
    [['--weight-variance', '1/N'], '2/L'],
    [['--input-gap', '0'], '--input-gap'],
    [['--target-gap', '3'], 'above 0 and at most 2 for --target-gap'],
    [['--out', 'figure.pdf'], 'FILE.svg'],
    [['--network', 'layers.json', '--depth', '3'], 'either --network'],
    [['--network', 'nowhere.json'], 'nowhere.json'],
    [['--set', 'initializer.k=1'], 'initializer.k'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await meanfield('bound', ...args);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain(words);
  });

  it.each([
    ['{"layers": [', 'JSON'],
    ['[]', 'layers'],
    ['{}', 'neither'],
    ['{"layers": [{"activation": "relu"}], "blocks": [{"activation": "relu", "branchVariance": 1}]}', 'both'],
    ['{"layers": []}', 'layers'],
    ['{"layers": [{"activation": "relu", "weightVariance": -1}]}', 'weightVariance'],
    ['{"layers": [{"activation": "relu", "weightVariance": 1e999}]}', 'weightVariance'],
    ['{"layers": [{"activation": "relu", "width": 3}]}', 'width'],
    ['{"blocks": [{"activation": "relu"}]}', 'branchVariance'],
    [
      '{"layers": [{"activation": "relu", "repeat": 60000}, {"activation": "erf", "repeat": 60000}]}',
      '100000',
    ],
    ['{"layers": [{"activation": "nothing"}]}', 'nothing'],
  ])('refuses the network %s', async (text, words) => {
    writeFileSync(at('bad.json'), text);
    const { code, stderr } = await meanfield('bound', '--network', at('bad.json'), '--out', at('none.svg'));
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain(words);
    expect(existsSync(at('none.svg'))).toBe(false);
  });
});
