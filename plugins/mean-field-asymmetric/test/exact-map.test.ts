import { analyse, boundaries } from '@meanfield/theory';
import { describe, expect, it } from 'vitest';

import asymmetric, { exactBoundaries, stationaryLaw } from '../src/index.js';
import { twoSlopes } from './activations.js';

import { codeOf, lawOf, mapOf, RELU, toDigits } from './exact-laws.js';

describe('identities', () => {
  it.each([0.1, 0.3, 2])('of φ(x) = x: λ = μ = σ_w² + E u² at every k, σ_w² = %s', (weightVariance) => {
    for (const correlationStrength of [-0.5, 0, 100]) {
      const law = stationaryLaw({ activation: { right: 1, left: 1 }, weightVariance, correlationStrength });
      expect(law.lengthGrowth / (weightVariance + 0.5)).toBeCloseTo(1, 12);
      expect(law.sensitivityGrowth / (weightVariance + 0.5)).toBeCloseTo(1, 12);
      expect(law.deadFraction).toBeCloseTo(0.5, 12);
    }
  });

  it('of |x|: its negative gives the same lengths, and so does every mirror image', () => {
    const settings = [
      [1, 0.3],
      [0.3, 1],
      [0, 1],
      [1, 0],
    ] as const;
    const found = settings.map(([right, left]) => exactBoundaries({ activation: { right, left } }));
    expect(found[0]?.length).toBeCloseTo(found[1]?.length ?? NaN, 12);
    expect(found[0]?.correlation).toBeCloseTo(found[1]?.correlation ?? NaN, 12);
    expect(found[2]?.length).toBeCloseTo(found[3]?.length ?? NaN, 12);
    expect(found[2]?.correlation).toBeCloseTo(found[3]?.correlation ?? NaN, 12);
  });

  it.each([
    [0.36, -0.999999, 2, 1],
    [0.36, -0.999999, 500, 1],
    [0.1, -0.99, 2, 1],
  ])('of long signals: μ is what layers come to, at σ_w² = %s, k = %s, Beta(%s, %s)', (v, k, a, b) => {
    const map = mapOf(v, k, RELU, [a, b]);
    const { lengthGrowth, chi1 } = map.asymptotics();
    // The special input hardly counts beside τ then, so that its sign is another's: μ → (σ_w² + E u²)/2.
    const secondMoment = (a * (a + 1)) / ((a + b) * (a + b + 1));
    expect(Math.abs(chi1 / ((v + secondMoment) / 2) - 1)).toBeLessThan(1 / Math.sqrt(lengthGrowth));
    let state = map.start({ q1: 1, q2: 1, gap: 0 });
    for (let layer = 0; layer < 200; layer++) state = map.step(state);
    expect(map.linearise(state).chi1).toBeCloseTo(chi1, 12);
  });

  it('of the tail: E u^α λ^(−α/2) = 1', () => {
    for (const weightVariance of [0.2, 0.36]) {
      const { tailExponent, lengthGrowth } = lawOf(weightVariance, 0);
      expect((2 / (tailExponent + 2)) * lengthGrowth ** (-tailExponent / 2)).toBeCloseTo(1, 10);
    }
    expect(lawOf(1, 0).tailExponent).toBe(Infinity);
  });
});

describe('the map', () => {
  it.each([
    [0.36, 0, [0.5, 0.34788, 0.32163, 0.31359]],
    [0.9, 100, [0.5, 0.36682, 0.34078, 0.3329]],
  ])('settles from Gaussian layers to the deep law: σ_w² = %s, k = %s', (v, k, dead) => {
    const map = mapOf(v, k);
    let state = map.start({ q1: 1, q2: 1, gap: 0 });
    for (const share of dead) {
      expect(map.activity(state).deadFraction).toBeCloseTo(share, 5);
      state = map.step(state);
    }
    for (let layer = 0; layer < 120; layer++) state = map.step(state);
    const { lengthSlope, chi1 } = map.linearise(state);
    const limits = map.asymptotics();
    expect(lengthSlope).toBeCloseTo(limits.lengthGrowth, 11);
    expect(chi1).toBeCloseTo(limits.chi1, 11);
    const settled = map.linearise(map.settled?.());
    expect(settled.lengthSlope).toBeCloseTo(limits.lengthGrowth, 12);
    expect(settled.chi1).toBeCloseTo(limits.chi1, 12);
  });

  it('gives theory both boundaries and phases', () => {
    const found = boundaries(mapOf(0.9, 100));
    toDigits(found.length.weightVariance, 1.2192886287, 10);
    toDigits(found.correlation.weightVariance, 0.8831924921, 10);
    expect(analyse(mapOf(0.36, 0))).toMatchObject({ phase: 'ordered', bounded: true, cStar: 1 });
    const chaotic = analyse(mapOf(0.9, 100));
    expect(chaotic).toMatchObject({ phase: 'chaotic', bounded: true, qStar: { status: 'only-zero' } });
    expect(chaotic.cStar).toBeGreaterThan(0.3);
    expect(chaotic.cStar).toBeLessThan(0.7);
    expect(analyse(mapOf(1, 0))).toMatchObject({ phase: 'ordered', bounded: false });
  });

  it('has smaller populations where it is asked at very many points, and the same law', () => {
    const full = asymmetric.create().map(RELU, {
      law: 'replaced-entry-rows',
      weightVariance: 0.9,
      correlationStrength: 100,
      replacement: { law: 'beta', a: 2, b: 1 },
    });
    const few = full.tabulated?.();
    expect(few?.asymptotics()).toEqual(full.asymptotics());
    expect(few?.gapError).toBeGreaterThan(full.gapError ?? Infinity);
    expect(few?.method).toContain('4096');
  });

  it('says where there is no boundary', () => {
    const { length, correlation } = boundaries(mapOf(1, 0, twoSlopes('steep', 2, 0)));
    expect(length).toMatchObject({ weightVariance: null, reason: expect.stringMatching(/grow/) as string });
    expect(correlation).toMatchObject({ weightVariance: null });
  });

  it.each([1e-6, 0.3, 1e6])('is finite for every k at σ_w² = %s', (v) => {
    for (const k of [-0.9, 1e6]) {
      const { lengthGrowth, chi1 } = mapOf(v, k).asymptotics();
      expect(lengthGrowth > 0.3 && chi1 > 0.3 && lengthGrowth + chi1 < 1e8).toBe(true);
    }
    const map = mapOf(v, 1e6);
    const { deadFraction } = map.activity(map.step(map.start({ q1: 1, q2: 1, gap: 0 })));
    expect(deadFraction > 0 && deadFraction < 0.5).toBe(true);
  });

  it('has limits at σ_w² = 0 and φ = 0', () => {
    const still = mapOf(0, 0);
    expect(still.asymptotics().lengthGrowth).toBeCloseTo(0.5, 12);
    const after = still.observe(still.step(still.start({ q1: 1, q2: 1, gap: 0 })));
    expect(after.q1).toBeCloseTo(0.25, 12);
    const zero = mapOf(1, 0, twoSlopes('zero', 0, 0));
    expect(zero.asymptotics()).toEqual({ lengthGrowth: 0, chi1: 0 });
    expect(zero.observe(zero.step(zero.start({ q1: 1, q2: 1, gap: 0.5 })))).toEqual({
      q1: 0,
      q2: 0,
      gap: 0.5,
    });
    expect(analyse(zero)).toMatchObject({ phase: 'ordered', bounded: true });
  });
});

describe('arguments', () => {
  it('are refused in one sentence', () => {
    expect(codeOf(() => lawOf(0, 0))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => lawOf(NaN, 0))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => lawOf(1, -1))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => exactBoundaries({ activation: { right: 0, left: 0 } }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => exactBoundaries({ activation: { ...RELU, homogeneous: false } }))).toBe(
      'INVALID_ARGUMENT',
    );
    const replacement = { law: 'beta', a: 0, b: 1 } as const;
    expect(codeOf(() => exactBoundaries({ activation: RELU, replacement }))).toBe('INVALID_ARGUMENT');
    expect(codeOf(() => asymmetric.create({ width: 100 }))).toBe('INVALID_OPTION');
    expect(codeOf(() => asymmetric.create({ samples: 10 }))).toBe('INVALID_OPTION');
  });
});
