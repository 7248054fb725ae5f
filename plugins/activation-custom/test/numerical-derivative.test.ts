import { describe, expect, it } from 'vitest';

import { numericalSlope } from '../src/numerical-derivative.js';

type Scalar = (x: number) => number;

const sech2: Scalar = (x) => 1 / Math.cosh(x) ** 2;
const logistic: Scalar = (x) => 1 / (1 + Math.exp(-x));
const LINE = Array.from({ length: 240 }, (_, index) => (index - 120) / 15 + 0.0031);

function worst(
  phi: Scalar,
  slope: Scalar,
  points: readonly number[],
  kinks: readonly number[] = [],
  scale = 1,
): number {
  return Math.max(...points.map((x) => Math.abs(numericalSlope(phi, kinks, x, scale).value - slope(x))));
}

describe('slopes of smooth functions from their values', () => {
  const cases: [string, Scalar, Scalar, number][] = [
    ['tanh', Math.tanh, sech2, 2e-14],
    ['sin', Math.sin, Math.cos, 2e-14],
    ['exp(−x²)', (x) => Math.exp(-x * x), (x) => -2 * x * Math.exp(-x * x), 2e-14],
    ['softplus', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), logistic, 2e-14],
    ['SiLU', (x) => x * logistic(x), (x) => logistic(x) * (1 + x * logistic(-x)), 2e-14],
    ['arctan', Math.atan, (x) => 1 / (1 + x * x), 2e-14],
    ['tanh 100x', (x) => Math.tanh(100 * x), (x) => 100 * sech2(100 * x), 2e-13],
  ];

  it.each(cases)('are right to the stated error: %s', (_name, phi, slope, error) => {
    expect(worst(phi, slope, LINE)).toBeLessThan(error);
  });

  it('are right relative to themselves where φ grows', () => {
    for (const x of LINE) {
      expect(Math.abs(numericalSlope(Math.exp, [], x).value / Math.exp(x) - 1)).toBeLessThan(2e-14);
    }
    for (const x of [1e3, -1e6, 1e15]) {
      expect(numericalSlope((u) => u * u, [], x).value / (2 * x)).toBeCloseTo(1, 13);
    }
  });

  it('use the length on which φ varies, where that is long', () => {
    const slow: Scalar = (x) => Math.tanh(x / 1e5);
    expect(worst(slow, (x) => sech2(x / 1e5) / 1e5, LINE, [], 1e5)).toBeLessThan(2e-19);
  });

  it('are no NaN, and no endless loop, where φ overflows or x is infinite', () => {
    expect(numericalSlope(Math.exp, [], 1e4).value).toBe(Infinity);
    expect(numericalSlope((x) => -x * x, [], -1e200).value).toBe(Infinity);
    expect(numericalSlope(Math.tanh, [], -Infinity).value).toBe(0);
    expect(numericalSlope(Math.tanh, [], NaN).value).toBeNaN();
  });

  it('come with an estimate that bounds their error', () => {
    for (const x of LINE) {
      const { value, error } = numericalSlope(Math.tanh, [], x);
      expect(Math.abs(value - sech2(x))).toBeLessThan(error + 1e-16);
      expect(error).toBeLessThan(1e-11);
    }
  });
});

describe('slopes beside kinks', () => {
  const beside = (kinks: readonly number[]): readonly number[] =>
    kinks.flatMap((kink) => [1e-12, 1e-8, 1e-4, 0.01, 0.3].flatMap((d) => [kink - d, kink + d]));
  const elu: Scalar = (x) => (x > 0 ? x : Math.expm1(x));
  const clip: Scalar = (x) => Math.max(-1, Math.min(1, x));

  it('see one side only', () => {
    expect(worst(Math.abs, Math.sign, beside([0]), [0])).toBeLessThan(1e-13);
    expect(worst(elu, (x) => (x > 0 ? 1 : Math.exp(x)), beside([0]), [0])).toBeLessThan(1e-13);
    const inside: Scalar = (x) => (Math.abs(x) < 1 ? 1 : 0);
    expect(worst(clip, inside, beside([-1, 1]), [-1, 1])).toBeLessThan(1e-13);
  });

  it('are 0 beside a jump, and at a kink the mean of both sides', () => {
    const step: Scalar = (x) => (x > 1 ? 2 : 0.5);
    expect(worst(step, () => 0, [1, ...beside([1])], [1])).toBe(0);
    expect(numericalSlope(Math.abs, [0], 0).value).toBeCloseTo(0, 13);
    expect(numericalSlope(clip, [-1, 1], 1).value).toBeCloseTo(0.5, 13);
  });

  it('hold where φ is not analytic from either side', () => {
    const power: Scalar = (x) => Math.abs(x) ** 1.5;
    const slope: Scalar = (x) => 1.5 * Math.sign(x) * Math.sqrt(Math.abs(x));
    expect(worst(power, slope, beside([0]), [0])).toBeLessThan(1e-13);
  });
});
