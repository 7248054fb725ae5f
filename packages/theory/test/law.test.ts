import gelu from '@meanfield/activation-gelu';
import linear from '@meanfield/activation-linear';
import tanh from '@meanfield/activation-tanh';
import type { MeanFieldMap } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { analyse, boundaries } from '../src/index.js';
import { asLaw, asymmetricMapOf, gaussianMapOf, relativeError } from './maps.js';

describe('a map of laws', () => {
  it.each([
    ['tanh ordered', gaussianMapOf('tanh', 1.5, 0.1)],
    ['tanh chaotic', gaussianMapOf('tanh', 2.4, 0.05)],
    ['relu bounded', gaussianMapOf('relu', 1.6, 0.1)],
    ['relu vanishing', gaussianMapOf('relu', 1.6)],
    ['relu, every length fixed', gaussianMapOf('relu', 2)],
    ['relu unbounded', gaussianMapOf('relu', 2.5)],
    ['relu chaotic', gaussianMapOf('relu', 2.4, 0.1, 100)],
    ['relu chaotic and unbounded', gaussianMapOf('relu', 3.5, 0.1, 100)],
  ])('is analysed by iteration as a map of moments is by root finding: %s', (_, map) => {
    const byRoots = analyse(map);
    const byIteration = analyse(asLaw(map));
    expect(byIteration.qStar.status).toBe(byRoots.qStar.status);
    if (byIteration.qStar.status === 'fixed' && byRoots.qStar.status === 'fixed') {
      expect(relativeError(byIteration.qStar.q, byRoots.qStar.q)).toBeLessThan(1e-12);
    }
    for (const name of ['gapStar', 'chi1', 'xiQ', 'xiC'] as const) {
      const [actual, expected] = [byIteration[name] as number, byRoots[name] as number];
      const same = actual === expected || relativeError(actual, expected) < 1e-10;
      expect(same, `${name} ${actual}, by roots ${expected}`).toBe(true);
    }
    expect(byIteration).toMatchObject({ phase: byRoots.phase, bounded: byRoots.bounded });
  });

  it('says when iteration does not settle, with what is left', () => {
    const slow = gaussianMapOf('relu', 2 - 1e-9, 1);
    const { qStar, bounded } = analyse(asLaw(slow));
    expect(qStar.status).toBe('not-converged');
    expect(bounded).toBe(true);
    const exact = analyse(slow).qStar;
    expect(exact.status === 'fixed' && relativeError(exact.q, 2e9)).toBeLessThan(1e-6);
  });

  it('does not take lengths that shrink towards a distant fixed point for vanishing ones', () => {
    expect(analyse(asLaw(gaussianMapOf('relu', 0.5, 1e-40))).qStar.status).not.toBe('only-zero');
  });
});

describe('a map with an error of its own', () => {
  /** χ₁ and lengths off by up to `error`, another amount at every σ_w², as by samples. */
  const noisy = (map: MeanFieldMap, error: number): MeanFieldMap => {
    const offset = error * Math.sin(1e6 * map.weightVariance);
    return {
      ...asLaw(map),
      relativeError: error,
      linearise(state) {
        const found = map.linearise(state);
        return { ...found, chi1: found.chi1 * (1 + offset) };
      },
      withWeightVariance: (variance) => noisy(map.withWeightVariance(variance), error),
    };
  };

  it('has boundaries within the tolerance that it states, wide where χ₁ leaves 1 slowly', () => {
    const steep = boundaries(noisy(gaussianMapOf('relu', 1, 0.1), 1e-3));
    expect(steep.tolerance).toBeLessThan(4e-3);
    expect(Math.abs((steep.correlation.weightVariance ?? NaN) - 2) / 2).toBeLessThan(steep.tolerance);
    const flat = boundaries(noisy(gaussianMapOf('tanh', 1), 1e-3));
    const { weightVariance } = flat.correlation;
    expect(flat.tolerance).toBeGreaterThan(5e-3);
    expect(Math.abs((weightVariance ?? NaN) - 1)).toBeLessThan(flat.tolerance * (weightVariance ?? NaN));
  });

  it('is asked once at each weight variance, and no further than its error reaches', () => {
    const asked: number[] = [];
    const counting = (map: MeanFieldMap): MeanFieldMap => ({
      ...map,
      withWeightVariance(variance) {
        asked.push(variance);
        return counting(map.withWeightVariance(variance));
      },
    });
    boundaries(counting(noisy(gaussianMapOf('tanh', 1, 0.05), 1e-3)));
    // Lengths of tanh are asked for once.
    const search = asked.slice(1);
    expect(search.length).toBeGreaterThan(4);
    expect(new Set(search).size).toBe(search.length);
    expect(search.length).toBeLessThan(14);
  });
});

describe('a φ that becomes a straight line where lengths vanish', () => {
  it.each([
    ['tanh', asLaw(gaussianMapOf('tanh', 0.5))],
    ['tanh with RAI rows', asymmetricMapOf(0.36, 0, { samples: 1000 }, tanh.create())],
    ['GELU with RAI rows', asymmetricMapOf(0.36, 0, { samples: 1000 }, gelu.create())],
    ['x itself with RAAI rows', asymmetricMapOf(0.3, 100, { samples: 1000 }, linear.create())],
  ])('keeps every c, wherever two signals started: %s', (_, map) => {
    expect(analyse(map)).toMatchObject({
      qStar: { status: 'only-zero' },
      cStar: { status: 'every-c-fixed' },
      gapStar: { status: 'every-c-fixed' },
      xiC: Infinity,
    });
  });
});

describe('a map that knows its deep layers and boundaries', () => {
  const knowing = (map: MeanFieldMap): MeanFieldMap => ({
    ...asLaw(map),
    settled: () => map.start({ q1: 1, q2: 1, gap: 0 }),
    boundaries: () => ({ length: 2, correlation: null }),
    relativeError: 1e-3,
  });

  it.each([1.6, 2, 2.5])('is analysed as by iteration: relu at σ_w² = %s', (weightVariance) => {
    const map = gaussianMapOf('relu', weightVariance);
    expect(analyse(knowing(map))).toEqual(analyse(asLaw(map)));
  });

  it('is asked for its boundaries, with its error', () => {
    const found = boundaries(knowing(gaussianMapOf('relu', 1)));
    expect(found).toMatchObject({ length: { weightVariance: 2 }, tolerance: 1e-3 });
    expect(found.correlation.weightVariance).toBeNull();
    expect(found.correlation.reason).toMatch(/every weight variance/);
  });
});

describe('RAI and RAAI in the RMS approximation', () => {
  it('have the recomputed boundaries', () => {
    const rai = boundaries(asymmetricMapOf(0.36));
    expect(rai.length.weightVariance).toBeCloseTo(0.56622, 5);
    expect(rai.correlation.weightVariance).toBeCloseTo(1.40998, 5);
    const raai = boundaries(asymmetricMapOf(0.9, 100));
    expect(raai.length.weightVariance).toBeCloseTo(0.82679, 5);
    expect(raai.correlation.weightVariance).toBeCloseTo(1.40998, 5);
  });

  it('are ordered and bounded at RAI’s setting, where lengths vanish', () => {
    const { qStar, phase, bounded, cStar, xiQ } = analyse(asymmetricMapOf(0.36));
    expect(qStar).toEqual({ status: 'only-zero' });
    expect({ phase, bounded, cStar }).toEqual({ phase: 'ordered', bounded: true, cStar: 1 });
    expect(relativeError(xiQ, -1 / Math.log(asymmetricMapOf(0.36).asymptotics().lengthGrowth))).toBeLessThan(
      1e-12,
    );
  });
});
