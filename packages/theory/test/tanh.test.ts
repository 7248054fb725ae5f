import { describe, expect, it } from 'vitest';

import { analyse, boundaries, type Analysis } from '../src/index.js';
import golden from './fixtures/golden.json' with { type: 'json' };
import values from './fixtures/values.json' with { type: 'json' };
import { gaussianMapOf, relativeError } from './maps.js';

const fixedLength = ({ qStar }: Analysis): number => (qStar.status === 'fixed' ? qStar.q : Number.NaN);
const number = (x: Analysis['cStar']): number => (typeof x === 'number' ? x : Number.NaN);

describe('tanh with independent weights', () => {
  it.each(golden.fixedPoints)('has the golden fixed points at ($sigma_w2, $sigma_b2)', (point) => {
    const analysis = analyse(gaussianMapOf('tanh', point.sigma_w2, point.sigma_b2));
    expect(relativeError(fixedLength(analysis), Number(point.q_star))).toBeLessThan(2e-15);
    expect(relativeError(analysis.chi1, Number(point.chi_1))).toBeLessThan(2e-15);
    expect(relativeError(number(analysis.cStar), Number(point.c_star))).toBeLessThan(5e-12);
    expect(relativeError(analysis.xiQ, Number(point.xi_q))).toBeLessThan(3e-15);
    expect(relativeError(analysis.xiC, Number(point.xi_c))).toBeLessThan(1e-13);
    expect(analysis.phase).toBe(point.phase);
    expect(analysis.bounded).toBe(true);
  });

  it.each(golden.criticalLine)('is critical at σ_w² = $sigma_w2, σ_b² = $sigma_b2', (point) => {
    const { length, correlation, tolerance } = boundaries(gaussianMapOf('tanh', 1, point.sigma_b2));
    const critical = Number(point.sigma_w2);
    expect(relativeError(correlation.weightVariance ?? NaN, critical)).toBeLessThan(tolerance);
    expect(length.weightVariance).toBeNull();
    expect(length.reason).toMatch(/bounded at every weight variance/);
    const analysis = analyse(gaussianMapOf('tanh', correlation.weightVariance ?? NaN, point.sigma_b2));
    expect(analysis.phase).toBe('critical');
    expect(analysis.xiC).toBe(Infinity);
    expect(analysis.cStar).toBe(1);
  });

  it('is critical at σ_w² = 1 without biases, where χ₁ leaves 1 with slope 0', () => {
    const { correlation } = boundaries(gaussianMapOf('tanh', 3));
    expect(relativeError(correlation.weightVariance ?? NaN, 1)).toBeLessThan(1e-12);
  });

  it.each(values.tanh)('has a length fixed point at ($weightVariance, $biasVariance)', (point) => {
    const analysis = analyse(gaussianMapOf('tanh', point.weightVariance, point.biasVariance));
    const slope = Math.exp(-1 / Number(point.xiQ));
    // V(q) is known to about 1e-15 of itself, and q* to that over 1 − V′.
    const condition = 1 / (1 - slope);
    expect(relativeError(fixedLength(analysis), Number(point.q))).toBeLessThan(3e-15 * condition);
    expect(relativeError(analysis.chi1, Number(point.chi1))).toBeLessThan(1e-14);
    // V′ = χ₁ + σ_w² E φ φ″, two terms that cancel where lengths are large.
    const cancellation = Number(point.chi1) / slope;
    expect(relativeError(analysis.xiQ, Number(point.xiQ))).toBeLessThan(1e-15 * (condition + cancellation));
  });

  it('leaves nothing but 0 up to σ_w² = 1 without biases', () => {
    for (const weightVariance of [1e-6, 0.5, 1]) {
      const analysis = analyse(gaussianMapOf('tanh', weightVariance));
      expect(analysis.qStar).toEqual({ status: 'only-zero' });
      expect(relativeError(analysis.chi1, weightVariance)).toBeLessThan(1e-14);
      expect(analysis.phase).toBe(weightVariance < 1 ? 'ordered' : 'critical');
      expect(analysis.cStar).toEqual({ status: 'every-c-fixed' });
    }
  });

  it('has the positive fixed point beyond, and c* = 0 by symmetry', () => {
    const analysis = analyse(gaussianMapOf('tanh', 1.5));
    expect(fixedLength(analysis)).toBeGreaterThan(0.1);
    expect(analysis.phase).toBe('chaotic');
    expect(analysis.cStar).toBe(0);
    expect(Number.isFinite(analysis.xiC)).toBe(true);
  });
});
