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
