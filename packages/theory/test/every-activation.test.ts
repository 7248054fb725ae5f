import type { Activation, MeanFieldMap } from '@meanfield/core';
import elu from '@meanfield/activation-elu';
import erf from '@meanfield/activation-erf';
import gelu from '@meanfield/activation-gelu';
import hardTanh from '@meanfield/activation-hard-tanh';
import leakyRelu from '@meanfield/activation-leaky-relu';
import linear from '@meanfield/activation-linear';
import relu from '@meanfield/activation-relu';
import selu from '@meanfield/activation-selu';
import sigmoid from '@meanfield/activation-sigmoid';
import silu from '@meanfield/activation-silu';
import sin from '@meanfield/activation-sin';
import softplus from '@meanfield/activation-softplus';
import tanh from '@meanfield/activation-tanh';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { activities, analyse, boundaries, trajectory, type Analysis } from '../src/index.js';
import { gaussianMapOf } from './maps.js';

const EVERY: readonly (readonly [string, Activation])[] = (
  [
    ['relu', relu.create()],
    ['leaky-relu', leakyRelu.create({ negativeSlope: 0.2 })],
    ['leaky-relu that turns back', leakyRelu.create({ negativeSlope: -0.5 })],
    ['tanh', tanh.create()],
    ['erf', erf.create()],
    ['gelu', gelu.create()],
    ['gelu by tanh', gelu.create({ form: 'tanh' })],
    ['silu', silu.create()],
    ['elu', elu.create()],
    ['selu', selu.create()],
    ['softplus', softplus.create()],
    ['sigmoid', sigmoid.create()],
    ['hard-tanh', hardTanh.create()],
    ['sin', sin.create()],
    ['linear', linear.create()],
  ] as const
).map(([name, activation]) => [name, activation] as const);

/** No NaN anywhere, and nothing that contradicts itself. */
function expectSound({ qStar, cStar, gapStar, chi1, xiQ, xiC, bounded }: Analysis): void {
  if ('q' in qStar) expect(Number.isFinite(qStar.q) && Number.isFinite(qStar.residual)).toBe(true);
  expect(typeof cStar).toBe(typeof gapStar);
  if (typeof gapStar === 'number') expect(gapStar >= 0 && gapStar <= 2).toBe(true);
  for (const size of [chi1, xiQ, xiC]) expect(size).toBeGreaterThanOrEqual(0);
  if (qStar.status === 'unbounded') expect(bounded).toBe(false);
  if (qStar.status === 'fixed') expect(bounded).toBe(true);
}

const weightVariance = fc.double({ min: -6, max: 6, noNaN: true }).map((x) => 10 ** x);
const biasVariance = fc.oneof(
  fc.constant(0),
  fc.double({ min: -12, max: 6, noNaN: true }).map((x) => 10 ** x),
);
const strength = fc.constantFrom(0, -0.9, 100);
/** c from −1 to 1, both ends included, close to them as often as not */
const gap = fc.oneof(
  fc.constantFrom(0, 2),
  fc.double({ min: 0, max: 2, noNaN: true }),
  fc.double({ min: -16, max: 0, noNaN: true }).map((x) => 10 ** x),
);

function expectInRange(map: MeanFieldMap, q1: number, q2: number, start: number): void {
  for (const layer of trajectory(map, { q1, q2, gap: start }, 3)) {
    expect(layer.q1 >= 0 && layer.q2 >= 0, `lengths ${layer.q1}, ${layer.q2}`).toBe(true);
    expect(layer.gap >= 0 && layer.gap <= 2, `gap ${layer.gap}`).toBe(true);
  }
  for (const { meanSquare, mean, deadFraction } of activities(map, q1, 2)) {
    expect(meanSquare >= 0 && mean ** 2 <= meanSquare * (1 + 1e-12), `${mean}² above ${meanSquare}`).toBe(
      true,
    );
    expect(deadFraction >= 0 && deadFraction <= 1).toBe(true);
  }
}

describe('for σ_w² from 1e-6 to 1e6, σ_b² from 0 to 1e6 and c from −1 to 1', () => {
  it.each(EVERY)('%s has a sound analysis', (_, activation) => {
    fc.assert(
      fc.property(weightVariance, biasVariance, strength, (w, b, k) => {
        expectSound(analyse(gaussianMapOf(activation, w, b, k)));
      }),
      {
        seed: 7,
        numRuns: 12,
        examples: [
          [1, 0, 0],
          [1e-6, 0, 0],
          [1e6, 0, 100],
          [1e6, 1e6, 0],
        ],
      },
    );
  });

  it.each(EVERY)('%s keeps lengths and correlations in range', (_, activation) => {
    const length = fc.double({ min: -8, max: 8, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(weightVariance, biasVariance, strength, length, length, gap, (w, b, k, q1, q2, start) => {
        expectInRange(gaussianMapOf(activation, w, b, k), q1, q2, start);
      }),
      { seed: 8, numRuns: 25 },
    );
  });

  it.each(EVERY)('%s has boundaries, or reasons why not', (_, activation) => {
    for (const b of [0, 0.3]) {
      for (const k of [0, 10]) {
        const { length, correlation } = boundaries(gaussianMapOf(activation, 1, b, k));
        for (const { weightVariance: found, reason } of [length, correlation]) {
          if (found === null) expect(reason).toMatch(/\w/);
          else expect(found > 0 && Number.isFinite(found)).toBe(true);
        }
      }
    }
  });
});

it('boundaries are the first ones met from σ_w² = 1, where χ₁ comes back below 1 beyond them (SELU, k = −0.5)', () => {
  const map = gaussianMapOf(selu.create(), 1, 0.5, -0.5);
  const chi1 = (weightVariance: number): number => analyse(map.withWeightVariance(weightVariance)).chi1;
  const first = boundaries(map).correlation.weightVariance!;
  expect(first).toBeCloseTo(1.26112, 4);
  expect(chi1(first * (1 - 1e-6))).toBeLessThan(1);
  expect(chi1(first * (1 + 1e-6))).toBeGreaterThan(1);
  expect(chi1(1.4), 'beyond it').toBeGreaterThan(1);
  expect(chi1(1.79), 'and back').toBeLessThan(1);
});
