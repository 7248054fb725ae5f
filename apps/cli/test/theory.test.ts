import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { meanfield, meanfieldJson } from './run.js';

interface FixedPoint {
  readonly sigma_w2: number;
  readonly sigma_b2: number;
  readonly q_star: string;
  readonly chi_1: string;
  readonly c_star: string;
  readonly xi_q: string;
  readonly xi_c: number;
  readonly phase: string;
}
interface CriticalPoint {
  readonly sigma_b2: number;
  readonly sigma_w2: string;
}
const { tanhFixedPoints, tanhCriticalLine } = JSON.parse(
  readFileSync(new URL('./fixtures/tanh.json', import.meta.url), 'utf8'),
) as { readonly tanhFixedPoints: readonly FixedPoint[]; readonly tanhCriticalLine: readonly CriticalPoint[] };

const expectClose = (found: unknown, reference: string | number, relative = 1e-9): void => {
  expect(typeof found).toBe('number');
  expect(Math.abs((found as number) / Number(reference) - 1)).toBeLessThan(relative);
};

describe('theory', () => {
  it.each(tanhFixedPoints)('tanh at σ_w² = $sigma_w2, σ_b² = $sigma_b2', async (point) => {
    const found = await meanfieldJson(
      ...['theory', '-a', 'tanh', '-i', 'he'],
      ...['--weight-variance', String(point.sigma_w2), '--bias-variance', String(point.sigma_b2)],
    );
    expectClose(found['qStar'], point.q_star);
    expectClose(found['chi1'], point.chi_1);
    expectClose(found['cStar'], point.c_star);
    expectClose(found['xiQ'], point.xi_q);
    expectClose(found['xiC'], point.xi_c);
    expect(found['phase']).toBe(point.phase);
  });

  it('says which case of no isolated fixed point it met', async () => {
    const at = (weight: string, bias: string) =>
      meanfieldJson('theory', '--weight-variance', weight, '--bias-variance', bias);
    expect(await at('2', '0')).toMatchObject({
      qStar: { status: 'every-q-fixed' },
      chi1: 1,
      xiQ: 'Infinity',
      xiC: 'Infinity',
      phase: 'critical',
    });
    expect(await at('1.5', '0')).toMatchObject({ qStar: { status: 'only-zero' } });
    expect(await at('2', '0.1')).toMatchObject({ qStar: { status: 'unbounded' }, bounded: false });
    expectClose((await at('1.5', '0.1'))['qStar'], 0.4, 1e-14);
  });
});

describe('boundary', () => {
  it.each(tanhCriticalLine)('critical line of tanh at σ_b² = $sigma_b2', async ({ sigma_b2, sigma_w2 }) => {
    const found = await meanfieldJson(
      'boundary',
      '-a',
      'tanh',
      '-i',
      'he',
      '--bias-variance',
      String(sigma_b2),
    );
    expectClose(found['correlation'], sigma_w2);
    expect(found['length']).toBeNull();
    expect(JSON.stringify(found)).toContain('reason');
  });

  it.each([-0.9, -0.5, 0, 0.5, 1, 10, 100, 1e4])('relu with ACI at k = %d', async (k) => {
    const found = await meanfieldJson(
      ...['boundary', '-a', 'relu', '-i', 'aci', '--set', `initializer.k=${k}`, '--bias-variance', '0.1'],
    );
    expectClose(found['length'], 2 / (1 - k / (1 + k) / Math.PI), 1e-12);
    expectClose(found['correlation'], 2, 1e-12);
  });

  it('gives the approximations of singh2021 for RAI and RAAI', async () => {
    expectClose((await meanfieldJson('boundary', '-i', 'rai', '--method', 'rms'))['length'], 0.56622, 1e-5);
    const raai = await meanfieldJson('boundary', '-i', 'raai', '--method', 'rms');
    expectClose(raai['length'], 0.82679, 1e-5);
    expectClose(raai['correlation'], 1.40998, 1e-5);
  });

  it('gives the exact law of RAAI, and the approximations beside it', async () => {
    const found = await meanfieldJson('boundary', '-i', 'raai');
    expectClose(found['length'], 1.2192886287);
    expectClose(found['correlation'], 0.8831924921);
    const beside = found['beside'] as Record<string, Record<string, unknown>>;
    expect(Object.keys(beside)).toEqual(['rms', 'mean']);
    expectClose(beside['rms']?.['length'], 0.82679, 1e-5);
    const asked = await meanfieldJson('boundary', '-i', 'raai', '--method', 'rms');
    const { exact } = asked['beside'] as Record<string, object>;
    expect(exact).toEqual({ length: found['length'], correlation: found['correlation'] });
    expect(asked['length']).toBe(beside['rms']?.['length']);
    const { stdout } = await meanfield('boundary', '-i', 'raai');
    expect(stdout).toMatch(/^beside it, by method rms +length 0\.826794, correlation 1\.40998$/m);
    expect(await meanfieldJson('boundary', '-i', 'he')).not.toHaveProperty('beside');
  });

  it.each([
    [['-i', 'he', '--method', 'rms'], 'mean-field gaussian'],
    [['-i', 'raai', '--method', 'median'], 'median'],
    [['-i', 'raai', '--method', 'rms', '--set', 'mean-field.method=mean'], 'either --method or --set'],
  ])('refuses %j', async (args, words) => {
    const { code, stdout, stderr } = await meanfield('boundary', ...args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(words);
  });
});

describe('perturbed networks', () => {
  const perturbed = ['-a', 'tanh', '-i', 'he', '--mean-field', 'perturbed', '--weight-variance', '1.5'];

  it('leave c = 1, and keep the lengths', async () => {
    const found = await meanfieldJson('theory', ...perturbed, '--set', 'mean-field.eta=0.1');
    const same = await meanfieldJson('theory', '-a', 'tanh', '-i', 'he', '--weight-variance', '1.5');
    expectClose(found['qStar'], same['qStar'] as number, 1e-12);
    const none = await meanfieldJson('theory', ...perturbed, '--bias-variance', '0.5');
    expect(none).toMatchObject({ cStar: 1, gapStar: 0, model: 'perturbed' });
    const biased = ['--bias-variance', '0.5', '--set', 'mean-field.eta=0.1'];
    expect((await meanfieldJson('theory', ...perturbed, ...biased))['gapStar']).toBeGreaterThan(1e-3);
  });

  it('have no boundary at which c = 1 loses its stability', async () => {
    const network = ['-a', 'tanh', '-i', 'he', '--mean-field', 'perturbed'];
    const found = await meanfieldJson('boundary', ...network, '--set', 'mean-field.eta=0.1');
    expect(found['correlation']).toBeNull();
    expect(found['reason']).toMatchObject({
      correlation: expect.stringContaining('no fixed point') as string,
    });
    expect((await meanfieldJson('boundary', ...network))['correlation']).toBeCloseTo(1, 9);
  });

  it('take a list of strengths, one for each layer', async () => {
    const gapsAt = async (eta: string) => {
      const strengths = ['--set', `mean-field.eta=${eta}`, '--gap', '0', '--depth', '3'];
      return (await meanfieldJson('trajectory', ...perturbed, ...strengths))['gap'] as number[];
    };
    const [one, two] = [await gapsAt('0.1'), await gapsAt('0.1,0.2')];
    expectClose(one[1], 1 - Math.sqrt(0.99), 1e-12);
    expect(two.slice(0, 2)).toEqual(one.slice(0, 2));
    expect(two[2]).toBeGreaterThan(one[2] ?? Infinity);
  });
});

describe('every activation', () => {
  it('answers theory, by its closed forms or without', async () => {
    const { plugins } = (await meanfieldJson('list', 'activation')) as { plugins: { name: string }[] };
    const names = plugins.map(({ name }) => name).filter((name) => name !== 'custom');
    expect(names).toHaveLength(13);
    for (const name of names) {
      const network = ['-a', name, '-i', 'he', '--weight-variance', '0.7', '--bias-variance', '0.2'];
      const { qStar, chi1, cStar, phase, bounded } = await meanfieldJson('theory', ...network);
      for (const number of [qStar, chi1, cStar]) expect(number, name).toBeGreaterThan(0);
      expect([phase, bounded], name).toEqual(['ordered', true]);
    }
  });
});
