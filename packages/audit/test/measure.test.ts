import type { Initializer } from '@meanfield/core';
import aci from '@meanfield/initializer-aci';
import he from '@meanfield/initializer-he';
import rai from '@meanfield/initializer-rai';
import raai from '@meanfield/initializer-raai';
import { createStream } from '@meanfield/numerics';
import { describe, expect, it } from 'vitest';

import { measureLayer, type MeasuredLayer } from '../src/index.js';

const code = (code: string): { code: string } => expect.objectContaining({ code }) as { code: string };

function drawn(initializer: Initializer, fanIn: number, fanOut: number, seed: number): MeasuredLayer {
  const [weights, bias] = [new Float32Array(fanIn * fanOut), new Float32Array(fanOut)];
  initializer.sample({ fanIn, fanOut, weights, bias }, createStream(seed, 'layer'));
  return measureLayer({ weights, bias, fanIn, fanOut });
}

/** Deviations from the truth over their stated errors, of several draws */
function deviations(
  initializer: Initializer,
  [fanIn, fanOut]: readonly [number, number],
  draws: number,
  of: (measured: MeasuredLayer) => readonly [{ value: number; stderr: number }, number],
): { readonly mean: number; readonly size: number } {
  const found = Array.from({ length: draws }, (_, seed) => {
    const [{ value, stderr }, truth] = of(drawn(initializer, fanIn, fanOut, seed));
    return (value - truth) / stderr;
  });
  const mean = found.reduce((sum, z) => sum + z, 0) / draws;
  return { mean: mean * Math.sqrt(draws), size: Math.sqrt(found.reduce((sum, z) => sum + z * z, 0) / draws) };
}

describe('the asymmetry of rows', () => {
  it.each([
    ['independent', he.create(), [40, 50]],
    ['anti-correlated', aci.create(), [60, 40]],
    ['correlated', aci.create({ k: -0.5 }), [40, 40]],
  ] as const)('is 0 within the errors that it states for %s weights', (_, initializer, sizes) => {
    const { mean, size } = deviations(initializer, sizes, 150, ({ asymmetry }) => [asymmetry.thirdPower, 0]);
    expect(Math.abs(mean)).toBeLessThan(3.5);
    expect(size).toBeGreaterThan(0.8);
    expect(size).toBeLessThan(1.25);
  });

  it.each([
    ['rai', rai.create()],
    ['raai', raai.create()],
  ] as const)('is N/(N + 1) · 2/5 for %s', (_, initializer) => {
    const { mean, size } = deviations(initializer, [50, 60], 100, ({ asymmetry }) => [
      asymmetry.thirdPower,
      (50 / 51) * 0.4,
    ]);
    expect(Math.abs(mean)).toBeLessThan(3.5);
    expect(size).toBeLessThan(1.3);
  });

  it('has at least the error of Gaussian weights where neurons are few', () => {
    const weights = Float32Array.from({ length: 64 }, (_, i) => Math.sin(i));
    const { asymmetry, moments } = measureLayer({ weights, bias: null, fanIn: 64, fanOut: 1 });
    const length = weights.reduce((sum, w) => sum + w * w, 0);
    expect(asymmetry.thirdPower.stderr).toBeCloseTo((Math.sqrt(15) * length ** 1.5) / 64, 6);
    expect(moments.weightVariance.stderr).toBeCloseTo(moments.weightVariance.value * Math.sqrt(2 / 63), 10);
  });
});

describe('a replaced entry', () => {
  it.each([
    [0.36, 0, rai.create()],
    [0.9, 3, raai.create({ k: 3 })],
  ] as const)('leaves σ_w² = %f and k = %f to be measured beside it', (weightVariance, k, initializer) => {
    const draws = Array.from({ length: 40 }, (_, seed) => drawn(initializer, 60, 80, seed));
    const fitted = draws.filter(({ statistics }) => statistics?.law === 'replaced-entry-rows');
    expect(fitted.length).toBeGreaterThanOrEqual(38);
    const z = fitted.map(({ weightVariance: { value, stderr } }) => (value - weightVariance) / stderr);
    expect(Math.abs(z.reduce((sum, each) => sum + each, 0)) / Math.sqrt(z.length)).toBeLessThan(3.5);
    const strengths = fitted
      .map(({ correlationStrength }) => correlationStrength?.value ?? NaN)
      .sort((a, b) => a - b);
    if (k === 0) expect(strengths.filter((each) => each === 0).length).toBeGreaterThan(30);
    else expect(Math.abs(strengths[strengths.length >> 1]! - k)).toBeLessThan(0.4);
  });

  it('is not seen in laws that have outliers of another kind', () => {
    const [fanIn, fanOut] = [100, 100];
    const normal = createStream(5, 'law');
    const weights = Float32Array.from({ length: fanIn * fanOut }, () => 0.1 * normal.normal());
    for (let j = 0; j < fanOut; j++) weights[3 * fanOut + j] = j % 2 === 0 ? 1.5 : -1.2;
    const found = measureLayer({ weights, bias: null, fanIn, fanOut });
    expect(found).toMatchObject({ statistics: null, describes: 'nothing' });
    expect(found.asymmetry.standing.share).toBe(1);
  });
});

describe('a layer that is no sample of a law', () => {
  const bias = null;
  it('keeps its moments, with the reason', () => {
    const stream = createStream(8, 'law');
    const weights = Float32Array.from({ length: 6400 }, () => 0.007 + 0.1 * stream.normal());
    const found = measureLayer({ weights, bias, fanIn: 80, fanOut: 80 });
    expect(found).toMatchObject({
      describes: 'moments',
      reason: expect.stringMatching(/have mean 0\.0/) as string,
    });
    expect(found.statistics).toMatchObject({
      law: 'gaussian-rows',
      weightVariance: found.weightVariance.value,
    });
    const shifted = measureLayer({ weights: weights.map((w) => w + 0.1), bias, fanIn: 80, fanOut: 80 });
    expect(shifted).toMatchObject({
      statistics: null,
      describes: 'nothing',
      reason: expect.stringMatching(/mean 0\.1/) as string,
    });
    // Mean 0, kurtosis 1.5, third moment 2
    const skewed = Float32Array.from({ length: 3000 }, () => (stream.integer(3) === 0 ? 2 : -1));
    const lopsided = measureLayer({ weights: skewed, bias, fanIn: 30, fanOut: 100 });
    expect(lopsided.describes).toBe('moments');
    expect(lopsided.reason).toMatch(/^rows are lopsided/);
  });

  it('may have one input, or nothing but zeros', () => {
    const single = measureLayer({ weights: Float32Array.of(1, -1, 2), bias, fanIn: 1, fanOut: 3 });
    expect(single).toMatchObject({ weightVariance: { value: 2 }, describes: 'moments' });
    const zeros = measureLayer({
      weights: new Float32Array(12),
      bias: new Float32Array(3),
      fanIn: 4,
      fanOut: 3,
    });
    expect(zeros.statistics).toMatchObject({ weightVariance: 0, biasVariance: 0 });
  });

  it('is refused where its arrays do not fit or hold NaN', () => {
    const weights = Float32Array.of(1, NaN);
    expect(() => measureLayer({ weights, bias, fanIn: 2, fanOut: 1 })).toThrow(code('INVALID_ARGUMENT'));
    expect(() => measureLayer({ weights, bias, fanIn: 3, fanOut: 1 })).toThrow(code('INVALID_ARGUMENT'));
  });
});
