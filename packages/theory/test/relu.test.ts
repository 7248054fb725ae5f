import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { analyse, boundaries, trajectory } from '../src/index.js';
import values from './fixtures/values.json' with { type: 'json' };
import { gaussianMapOf, relativeError } from './maps.js';

describe('ReLU', () => {
  it.each([
    [2, 0, { status: 'every-q-fixed' }, 'critical', true],
    [1, 0, { status: 'only-zero' }, 'ordered', true],
    [2, 0.1, { status: 'unbounded' }, 'ordered', false],
    [3, 0, { status: 'unbounded' }, 'ordered', false],
  ])('at (%f, %f) says what there is instead of a fixed point', (w, b, qStar, phase, bounded) => {
    const analysis = analyse(gaussianMapOf('relu', w, b));
    expect(analysis).toMatchObject({ qStar, phase, bounded, chi1: w / 2, cStar: 1 });
    expect(analysis.xiC).toBe(Infinity);
    expect(relativeError(analysis.xiQ, w < 2 ? -1 / Math.log(w / 2) : Infinity) || 0).toBeLessThan(1e-14);
  });

  it('tells a bias of 1e-20 at σ_w² = 2 from none', () => {
    expect(analyse(gaussianMapOf('relu', 2, 1e-20)).qStar.status).toBe('unbounded');
  });

  it('has q* = σ_b²/(1 − σ_w²/2) and ξ = −1/ln χ₁ in its bounded phase', () => {
    const { qStar, xiQ, xiC, chi1 } = analyse(gaussianMapOf('relu', 1.9, 0.3));
    expect(qStar.status === 'fixed' && relativeError(qStar.q, 0.3 / 0.05)).toBeLessThan(1e-14);
    expect(chi1).toBe(0.95);
    expect(relativeError(xiQ, -1 / Math.log(0.95))).toBeLessThan(1e-14);
    expect(relativeError(xiC, -1 / Math.log(0.95))).toBeLessThan(1e-14);
  });
});

describe('ReLU with correlated rows', () => {
  it('has its boundaries at 2.9204 and 2 for k = 100', () => {
    const { length, correlation } = boundaries(gaussianMapOf('relu', 1, 0.1, 100));
    expect(length.weightVariance).toBeCloseTo(2.9204, 4);
    expect(correlation.weightVariance).toBe(2);
  });

  it('has its boundaries at 2/(1 − κ/π) and 2 for every k and σ_b²', () => {
    const strength = fc.double({ min: -6, max: 6, noNaN: true }).map((x) => 10 ** x - 0.999999);
    const bias = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(strength, bias, (k, biasVariance) => {
        const { length, correlation, tolerance } = boundaries(gaussianMapOf('relu', 1, biasVariance, k));
        const expected = 2 / (1 - k / (1 + k) / Math.PI);
        expect(relativeError(length.weightVariance ?? NaN, expected)).toBeLessThan(tolerance);
        expect(relativeError(correlation.weightVariance ?? NaN, 2)).toBeLessThan(tolerance);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it.each(values.relu)('has c* at ($weightVariance, $biasVariance), k = $correlationStrength', (point) => {
    const map = gaussianMapOf('relu', point.weightVariance, point.biasVariance, point.correlationStrength);
    const { qStar, gapStar, cStar, xiC, phase } = analyse(map);
    // q* = σ_b²/(1 − V′): rounding of V′ counts q*/σ_b² times.
    const condition = 1 + Number(point.q) / point.biasVariance;
    expect(qStar.status === 'fixed' && relativeError(qStar.q, Number(point.q))).toBeLessThan(
      4e-16 * condition,
    );
    const [gap, depth] = [Number(point.gap), Number(point.xiC)];
    // The slope of gap′/gap at gap* is what the rounding of gap′ is divided by.
    expect(relativeError(gapStar as number, gap)).toBeLessThan(1e-15 * depth + 1e-13);
    expect(cStar).toBe(1 - (gapStar as number));
    expect(relativeError(xiC, depth)).toBeLessThan(1e-15 * depth + 1e-13);
    expect(phase).toBe('chaotic');
  });

  it('loses correlations without biases too: lengths vanish, c does not go to 1', () => {
    // ACI's own setting. χ₁ = 1, while each layer multiplies small gaps by χ₁ q/q′ = 1/(1 − κ/π).
    const map = gaussianMapOf('relu', 2, 0, 100);
    const { qStar, chi1, phase, gapStar } = analyse(map);
    expect(qStar.status).toBe('only-zero');
    expect(chi1).toBe(1);
    expect(phase).toBe('critical');
    const deep = trajectory(map, { q1: 1, q2: 1, gap: 0.01 }, 150).at(-1);
    expect(relativeError(gapStar as number, deep?.gap ?? NaN)).toBeLessThan(1e-12);
  });

  it('keeps two signals apart in the unbounded phase for k > 0 only', () => {
    expect(analyse(gaussianMapOf('relu', 4, 0.1, 100))).toMatchObject({ bounded: false, phase: 'chaotic' });
    expect(analyse(gaussianMapOf('relu', 4, 0.1, -0.5))).toMatchObject({
      bounded: false,
      phase: 'ordered',
      cStar: 1,
    });
  });
});
