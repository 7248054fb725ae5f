import gelu from '@meanfield/activation-gelu';
import type { MeanFieldMap } from '@meanfield/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { analyse, boundaries, boundaryCurves, phaseGrid, type Analysis } from '../src/index.js';
import { asymmetricMapOf, elu, gaussianMapOf, linearMap, square } from './maps.js';

/** No NaN anywhere, and nothing that contradicts itself. */
function expectSound(analysis: Analysis): void {
  const { qStar, cStar, gapStar, chi1, xiQ, xiC, phase, bounded } = analysis;
  if ('q' in qStar) expect(Number.isFinite(qStar.q) && Number.isFinite(qStar.residual)).toBe(true);
  if (qStar.status === 'fixed') expect(Math.abs(qStar.residual)).toBeLessThan(1e-13);
  expect(qStar.status, 'everywhere one of these is established').not.toBe('not-converged');
  expect(typeof cStar).toBe(typeof gapStar);
  if (typeof cStar === 'number' && typeof gapStar === 'number') {
    expect(gapStar >= 0 && gapStar <= 2 && cStar === 1 - gapStar).toBe(true);
    expect(bounded && qStar.status === 'fixed' && phase !== 'chaotic' ? cStar : 1).toBe(1);
  }
  for (const size of [chi1, xiQ, xiC]) expect(size).toBeGreaterThanOrEqual(0);
  expect(bounded).toBe(qStar.status !== 'unbounded');
}

const weightVariance = fc.double({ min: -6, max: 6, noNaN: true }).map((x) => 10 ** x);
const biasVariance = fc.oneof(
  fc.constant(0),
  fc.double({ min: -12, max: 6, noNaN: true }).map((x) => 10 ** x),
);
const strength = fc.constantFrom(-0.9, -0.5, 0, 1, 100);

describe('for σ_w² from 1e-6 to 1e6 and σ_b² from 0 to 1e6', () => {
  it.each([
    ['relu', 'relu', 300],
    ['tanh', 'tanh', 40],
    ['elu', elu, 20],
  ] as const)('%s has a sound analysis', (_, activation, numRuns) => {
    fc.assert(
      fc.property(weightVariance, biasVariance, strength, (w, b, k) => {
        expectSound(analyse(gaussianMapOf(activation, w, b, k)));
      }),
      {
        seed: 5,
        numRuns,
        examples: [
          [1, 0, 0],
          [2, 0, 0],
          [1e-6, 0, 0],
          [1e6, 0, 100],
        ],
      },
    );
  });

  it('RAI and RAAI have a sound analysis in both approximations', () => {
    const method = fc.constantFrom('rms' as const, 'mean' as const);
    fc.assert(
      fc.property(weightVariance, strength, method, (w, k, kind) => {
        expectSound(analyse(asymmetricMapOf(w, k, { method: kind })));
      }),
      { seed: 6, numRuns: 25 },
    );
  });

  it('φ that outgrows every line is told apart', () => {
    const analysis = analyse(gaussianMapOf(square, 1, 1));
    expect(analysis).toMatchObject({
      qStar: { status: 'unbounded' },
      cStar: { status: 'no-limit' },
      chi1: Infinity,
      phase: 'chaotic',
    });
    const { length } = boundaries(gaussianMapOf(square, 1, 1));
    expect(length.weightVariance).toBeNull();
    expect(length.reason).toMatch(/outgrow/);
    // Small signals die out all the same, when there is no bias to keep them up.
    expect(analyse(gaussianMapOf(square, 0.1)).qStar).toEqual({ status: 'only-zero' });
  });
});

describe('over a plane', () => {
  it('analyses every point, indexed [y][x]', () => {
    const mapAt = (w: number, b: number) => gaussianMapOf('tanh', w, b);
    const grid = phaseGrid(mapAt, [0.5, 1.5, 3], [0.01, 1]);
    expect(grid.map((row) => row.map(({ phase }) => phase))).toEqual([
      ['ordered', 'chaotic', 'chaotic'],
      ['ordered', 'ordered', 'ordered'],
    ]);
  });

  it('traces boundaries over σ_b² and over k', () => {
    const window = [0, 4] as const;
    const overBias = boundaryCurves((b) => gaussianMapOf('tanh', 1, b), [0, 1], { window, resolution: 0.02 });
    expect(overBias.length.every((point) => point.weightVariance === null)).toBe(true);
    const line = overBias.correlation.map((point) => point.weightVariance ?? NaN);
    expect(line).toEqual(line.toSorted((a, b) => a - b));
    for (const { y, weightVariance } of overBias.correlation) {
      if (y === 0) continue;
      const critical = weightVariance ?? NaN;
      expect(analyse(gaussianMapOf('tanh', critical * 0.999, y)).phase).toBe('ordered');
      expect(analyse(gaussianMapOf('tanh', critical * 1.001, y)).phase).toBe('chaotic');
    }
    // The line leaves (1, 0) like a cube root: most points are put there, and no chord misses it by much.
    const ys = overBias.correlation.map(({ y }) => y);
    expect(ys.filter((y) => y > 0 && y < 0.1).length).toBeGreaterThan(2);
    for (const [i, y] of ys.entries()) {
      const after = ys[i + 1];
      if (after === undefined) continue;
      const [low = NaN, high = NaN] = [line[i], line[i + 1]];
      const [middle] = boundaryCurves((b) => gaussianMapOf('tanh', 1, b), [(y + after) / 2], {
        window,
      }).correlation;
      const beside = ((middle?.weightVariance ?? NaN) - (low + high) / 2) / 4;
      const along = Math.hypot((high - low) / 4, after - y);
      expect(Math.abs(beside * (after - y)) / along).toBeLessThan(0.02);
    }
    const overStrength = boundaryCurves((k) => asymmetricMapOf(1, k, { method: 'rms' }), [0, 1, 100], {
      window,
      resolution: 1,
    });
    const lengths = overStrength.length.map((point) => point.weightVariance ?? NaN);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(lengths[0]).toBeCloseTo(0.56622, 5);
    expect(lengths.at(-1)).toBeCloseTo(0.82679, 5);
  });

  it('finds where the slope jumps across 1, between two fixed points of lengths', () => {
    const at = (w: number): Analysis => analyse(gaussianMapOf(gelu.create(), w, 0.01, 10));
    const { correlation } = boundaries(gaussianMapOf(gelu.create(), 1, 0.01, 10));
    expect(correlation.jumps).toBe(true);
    const jump = correlation.weightVariance ?? NaN;
    expect([at(jump * (1 - 1e-9)).phase, at(jump * (1 + 1e-9)).phase]).toEqual(['ordered', 'chaotic']);
    expect(at(jump * (1 + 1e-9)).chi1 - at(jump * (1 - 1e-9)).chi1).toBeGreaterThan(0.1);
  });

  it('finds where a boundary ends, and steps over what lies outside the window', () => {
    // A map that has a length boundary only while y < 0.3, at σ_w² = 1 + y; χ₁ never reaches 1.
    const endingAt = (y: number): MeanFieldMap => linearMap(y < 0.3 ? 1 / (1 + y) : 0);
    const { length, correlation } = boundaryCurves(endingAt, [0, 1], { window: [0, 2] });
    const last = length.findLast(({ weightVariance }) => weightVariance !== null);
    expect(Math.abs((last?.y ?? NaN) - 0.3)).toBeLessThan(1e-3);
    expect(correlation.every(({ weightVariance }) => weightVariance === null)).toBe(true);
    const outside = boundaryCurves((y) => linearMap(1 / (5 + y * y)), [0, 1, 2], { window: [0, 2] });
    expect(outside.length).toHaveLength(5);
  });
});
