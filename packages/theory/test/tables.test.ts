import { isMeanfieldError } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { analyse, boundaries, boundaryCurves, phaseGrid, propagate, trajectory } from '../src/index.js';
import type { Analysis } from '../src/index.js';
import { asymmetricMapOf, gaussianMapOf, relativeError } from './maps.js';

const numbers = ({ qStar, gapStar, cStar, chi1, xiQ, xiC }: Analysis): readonly number[] => [
  qStar.status === 'fixed' ? qStar.q : NaN,
  typeof gapStar === 'number' ? gapStar : NaN,
  typeof cStar === 'number' ? cStar : NaN,
  chi1,
  xiQ,
  xiC,
];

describe('a plane of tanh, from tables', () => {
  const ws = [0.3, 1.1, 1.53, 2.17, 3.9];
  const bs = [0.003, 0.11, 0.87];
  const mapAt = (w: number, b: number) => gaussianMapOf('tanh', w, b);

  it('is the direct analysis to 1e-9 at every point', () => {
    const grid = phaseGrid(mapAt, ws, bs);
    for (const [y, b] of bs.entries()) {
      for (const [x, w] of ws.entries()) {
        const point = grid[y]?.[x];
        if (point === undefined) throw new Error('a point is missing');
        expect(point.method).toMatch(/tabulated/);
        const direct = analyse(mapAt(w, b));
        expect(point.phase).toBe(direct.phase);
        const expected = numbers(direct);
        for (const [i, value] of numbers(point).entries()) {
          const same = value === expected[i] || relativeError(value, expected[i] ?? NaN) < 1e-9;
          expect(same, `number ${i} at (${w}, ${b}): ${value}, not ${expected[i] ?? NaN}`).toBe(true);
        }
      }
    }
  });

  it('has the critical line of the direct map', () => {
    const { correlation } = boundaryCurves((b) => mapAt(1, b), bs, { window: [0.5, 4] });
    for (const { y, weightVariance } of correlation.filter((_, i) => i % 2 === 0)) {
      const direct = boundaries(mapAt(1, y)).correlation.weightVariance ?? NaN;
      expect(relativeError(weightVariance ?? NaN, direct)).toBeLessThan(1e-12);
    }
  });
});

describe('propagate', () => {
  it.each([
    ['relu', gaussianMapOf('relu', 1.7, 0.1, 100)],
    ['tanh', gaussianMapOf('tanh', 1.7, 0.1)],
    ['a map without a way to take many layers', { ...asymmetricMapOf(0.5), advance: undefined as never }],
  ])('is the last entry of a trajectory: %s', (_, map) => {
    const start = { q1: 1, q2: 1, gap: 0.3 };
    for (const depth of [0, 1, 40]) {
      const last = trajectory(map, start, depth).at(-1);
      const { q1, gap } = propagate(map, start, depth);
      expect(relativeError(q1, last?.q1 ?? NaN)).toBeLessThan(1e-12);
      expect(relativeError(gap, last?.gap ?? NaN)).toBeLessThan(1e-12);
    }
  });

  it.each([
    [{ q1: -1, q2: 1, gap: 0 }, 3],
    [{ q1: 1, q2: 1, gap: 3 }, 3],
    [{ q1: 1, q2: 1, gap: 0 }, 1.5],
  ])('refuses %o at depth %f', (start, depth) => {
    let thrown: unknown;
    try {
      propagate(gaussianMapOf('relu', 1), start, depth);
    } catch (error) {
      thrown = error;
    }
    expect(isMeanfieldError(thrown) && thrown.code).toBe('INVALID_ARGUMENT');
  });
});
