import { isMeanfieldError, type MeanFieldMap, type SignalPair } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { analyse, decayFactor, depthScale, trajectory } from '../src/index.js';
import { asymmetricMapOf, elu, gaussianMapOf, relativeError } from './maps.js';

/** ξ as the straight part of a trajectory's deviations shows it: small enough to be linear, above rounding. */
function fittedScale(layers: readonly SignalPair[], deviation: (pair: SignalPair) => number): number {
  const sizes = layers.map((pair) => Math.abs(deviation(pair)));
  const from = sizes.findIndex((size) => size < 1e-5);
  const to = sizes.findIndex((size) => size < 1e-8);
  expect(to - from).toBeGreaterThan(2);
  return depthScale(decayFactor(sizes.slice(from, to + 1)));
}

const cases: readonly [string, MeanFieldMap][] = [
  ['tanh ordered', gaussianMapOf('tanh', 1.5, 0.1)],
  ['tanh chaotic', gaussianMapOf('tanh', 2.4, 0.05)],
  ['relu ordered', gaussianMapOf('relu', 1.6, 0.1)],
  ['relu, k = 100, chaotic', gaussianMapOf('relu', 2.4, 0.1, 100)],
  ['elu ordered', gaussianMapOf(elu, 0.8, 0.2, 3)],
];

describe.each(cases)('%s', (_, map) => {
  const { qStar, gapStar, xiQ, xiC } = analyse(map);
  const q = qStar.status === 'fixed' ? qStar.q : NaN;

  it('runs to q* with depth scale ξ_q', () => {
    const layers = trajectory(map, { q1: 1.5 * q, q2: 1.5 * q, gap: 0 }, 400);
    expect(relativeError(layers.at(-1)?.q1 ?? NaN, q)).toBeLessThan(1e-12);
    expect(
      relativeError(
        fittedScale(layers, ({ q1 }) => q1 / q - 1),
        xiQ,
      ),
    ).toBeLessThan(1e-3);
  });

  it('runs to c* with depth scale ξ_c from either side', () => {
    for (const gap of [0.02, 1.2]) {
      const layers = trajectory(map, { q1: q, q2: q, gap }, Math.ceil(30 * xiC));
      expect(Math.abs((layers.at(-1)?.gap ?? NaN) - (gapStar as number))).toBeLessThan(1e-10);
      const scale = fittedScale(layers, (pair) => pair.gap - (gapStar as number));
      expect(
        relativeError(scale, xiC),
        `ξ_c ${xiC} against ${scale}, gap* ${gapStar as number}`,
      ).toBeLessThan(5e-3);
    }
  });
});

describe('trajectory', () => {
  it('has the start as entry 0 and depth + 1 entries', () => {
    const start = { q1: 1, q2: 2, gap: 0.3 };
    expect(trajectory(gaussianMapOf('relu', 1), start, 0)).toEqual([start]);
    expect(trajectory(gaussianMapOf('relu', 1), start, 7)).toHaveLength(8);
    expect(trajectory(asymmetricMapOf(0.36), { q1: 1, q2: 1, gap: 1 }, 2)[0]).toEqual({
      q1: 1,
      q2: 1,
      gap: 1,
    });
  });

  it('stays a number where lengths leave float64', () => {
    const layers = trajectory(gaussianMapOf('relu', 1e6), { q1: 1, q2: 1, gap: 0.5 }, 100);
    expect(layers.at(-1)?.q1).toBe(Infinity);
    expect(layers.every(({ gap }) => gap >= 0 && gap <= 2)).toBe(true);
  });

  it.each([
    [{ q1: -1, q2: 1, gap: 0 }, 3],
    [{ q1: 1, q2: Infinity, gap: 0 }, 3],
    [{ q1: 1, q2: 1, gap: Number.NaN }, 3],
    [{ q1: 1, q2: 1, gap: 0 }, -1],
    [{ q1: 1, q2: 1, gap: 0 }, 1.5],
    [{ q1: 1, q2: 1, gap: 0 }, 1e12],
  ])('refuses %o at depth %f', (start, depth) => {
    try {
      trajectory(gaussianMapOf('relu', 1), start, depth);
    } catch (error) {
      expect(isMeanfieldError(error) && error.code).toBe('INVALID_ARGUMENT');
      return;
    }
    throw new Error('it did not throw');
  });
});

describe('decayFactor', () => {
  it('is the factor of a geometric sequence, whatever its sign and length', () => {
    const sequence = (factor: number, length: number): number[] =>
      Array.from({ length }, (_, layer) => -3e-200 * factor ** layer);
    for (const factor of [0.3, 0.99, 1, 2]) {
      for (const length of [2, 3, 40]) {
        expect(relativeError(decayFactor(sequence(factor, length)), factor)).toBeLessThan(1e-13);
      }
    }
  });

  it('is the least-squares line through what scatters', () => {
    // ln: 0, 1, 1, 3 around its line of slope 0.9
    expect(decayFactor([1, Math.E, -Math.E, Math.exp(3)])).toBeCloseTo(Math.exp(0.9), 14);
  });

  it.each([[[]], [[1]], [[1, 0, 2]], [[1, Number.NaN]], [[Infinity, 1]]])('refuses %o', (values) => {
    try {
      decayFactor(values);
    } catch (error) {
      expect(isMeanfieldError(error) && error.code).toBe('INVALID_ARGUMENT');
      return;
    }
    throw new Error('it did not throw');
  });
});

describe('depthScale', () => {
  it('is −1/ln|slope|, 0 at 0, Infinity from 1 on', () => {
    expect(depthScale(Math.exp(-0.25))).toBeCloseTo(4, 12);
    expect(depthScale(-Math.exp(-0.25))).toBeCloseTo(4, 12);
    expect([depthScale(0), depthScale(1), depthScale(1.5), depthScale(Infinity)]).toEqual([
      0,
      Infinity,
      Infinity,
      Infinity,
    ]);
  });
});
