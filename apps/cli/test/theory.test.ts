import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { meanfieldJson } from './run.js';

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
});
