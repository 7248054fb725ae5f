/** Fixed points of the overlap of two networks that differ (`singh2021` §2.2). */

import { createLab, type MeanFieldMap } from '@meanfield/core';
import relu from '@meanfield/activation-relu';
import tanh from '@meanfield/activation-tanh';
import gaussian from '@meanfield/mean-field-gaussian';
import perturbed, { type PerturbedOptions } from '@meanfield/mean-field-perturbed';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  analyse,
  boundaries,
  depthScale,
  lengthFixedPoint,
  trajectory,
  type Analysis,
} from '../src/index.js';
import { asLaw, gaussianMapOf, relativeError } from './maps.js';

const lab = createLab([relu, tanh, gaussian, perturbed]);

/** φ, σ_w², σ_b², k */
type Place = readonly ['relu' | 'tanh', number, number, number];

function perturbedMapOf(
  [name, weightVariance, biasVariance, k]: Place,
  options: PerturbedOptions,
): MeanFieldMap {
  return lab.get('mean-field', 'perturbed', options).map(lab.get('activation', name), {
    law: 'gaussian-rows',
    weightVariance,
    biasVariance,
    correlationStrength: k,
  });
}

const unperturbed = ([name, w, b, k]: Place): Analysis => analyse(gaussianMapOf(name, w, b, k));
const lengthOf = ({ qStar }: Analysis): number => (qStar.status === 'fixed' ? qStar.q : Number.NaN);
const gapOf = ({ gapStar }: Analysis): number => (typeof gapStar === 'number' ? gapStar : Number.NaN);

const ordered: Place = ['tanh', 1.5, 0.1, 0];
const chaotic: Place = ['tanh', 2.4, 0.05, 0];
const places: readonly Place[] = [
  ordered,
  chaotic,
  ['relu', 1.6, 0.1, 0],
  ['relu', 2.4, 0.1, 100],
  ['relu', 1.4, 0.3, -0.5],
];

describe('two networks that differ', () => {
  it.each(places)('%s (%f, %f) settle where iteration does, from either side', (...place) => {
    for (const options of [{ eta: 0.3 }, { eta: 1e-3, noisePrecision: 40 }, { noisePrecision: 10 }]) {
      const map = perturbedMapOf(place, options);
      const analysis = analyse(map);
      const [q, gap] = [lengthOf(analysis), gapOf(analysis)];
      const slope = Math.exp(-1 / analysis.xiC);
      for (const start of [0, 1.2]) {
        const last = trajectory(map, { q1: q, q2: q, gap: start }, 1500).at(-1);
        expect(relativeError(last?.q1 ?? NaN, q)).toBeLessThan(1e-13);
        expect(relativeError(last?.gap ?? NaN, gap)).toBeLessThan(1e-14 / (1 - slope));
      }
      expect(analysis.xiC).toBeLessThan(Infinity);
      expect(analysis.bounded).toBe(true);
      // q* knows nothing of η.
      const withoutEta = analyse(perturbedMapOf(place, { ...options, eta: 0 }));
      expect(analysis.qStar).toEqual(withoutEta.qStar);
      expect(analysis.xiQ).toBe(withoutEta.xiQ);
    }
  });

  it('part by η²/(2(1 − χ₁)) where one network is ordered and η is small', () => {
    for (const [place, order] of [
      [ordered, 2],
      [['relu', 1.6, 0.1, 0], 1],
    ] as const) {
      const { chi1 } = unperturbed(place);
      for (const eta of [1e-2, 1e-4, 1e-7, 1e-10]) {
        const gap = gapOf(analyse(perturbedMapOf(place, { eta })));
        const expected = eta ** 2 / (2 * (1 - chi1));
        expect(relativeError(gap, expected), `${place[0]} at ${eta}`).toBeLessThan(20 * eta ** order + 1e-13);
      }
    }
  });

  it('part by σ_w²/(β q*(1 − χ₁)) where noise is weak instead', () => {
    const { chi1, ...one } = unperturbed(ordered);
    for (const noisePrecision of [1e4, 1e8, 1e14]) {
      const gap = gapOf(analyse(perturbedMapOf(ordered, { noisePrecision })));
      const expected = ordered[1] / (noisePrecision * lengthOf({ ...one, chi1 }) * (1 - chi1));
      expect(relativeError(gap, expected)).toBeLessThan(100 / noisePrecision + 1e-13);
    }
  });

  it('part by (3πη²/(4√2))^⅔ at the critical point of ReLU, gap′ = gap − (2√2/3π) gap^(3/2)', () => {
    for (const eta of [1e-3, 1e-6, 1e-9]) {
      const { gapStar, xiC } = analyse(perturbedMapOf(['relu', 2, 0, 0], { eta }));
      const root = Math.cbrt((3 * Math.PI * eta ** 2) / (4 * Math.SQRT2));
      expect(relativeError(gapStar as number, root ** 2)).toBeLessThan(2 * root);
      // 1 − slope = (√2/π) √gap
      expect(relativeError(xiC, Math.PI / (Math.SQRT2 * root))).toBeLessThan(2 * root);
    }
  });

  it('keep what one chaotic network does to two inputs as η → 0', () => {
    const one = unperturbed(chaotic);
    expect(gapOf(one)).toBeGreaterThan(0.1);
    for (const eta of [1e-2, 1e-4]) {
      const two = analyse(perturbedMapOf(chaotic, { eta }));
      expect(gapOf(two) - gapOf(one)).toBeGreaterThan(0);
      expect(gapOf(two) - gapOf(one)).toBeLessThan(100 * eta ** 2);
      expect(relativeError(two.xiC, one.xiC)).toBeLessThan(100 * eta ** 2);
      expect(relativeError(two.chi1, Math.sqrt(1 - eta ** 2) * one.chi1)).toBeLessThan(1e-14);
    }
    expect(analyse(perturbedMapOf(chaotic, {}))).toEqual(one);
  });

  it('share nothing at η = 1', () => {
    const { cStar, xiC, chi1 } = analyse(perturbedMapOf(ordered, { eta: 1 }));
    expect([cStar, xiC, chi1]).toEqual([0, 0, 0]);
  });

  it('forget each other at any η where φ is odd and there are no biases', () => {
    for (const weightVariance of [0.5, 1, 2]) {
      expect(analyse(perturbedMapOf(['tanh', weightVariance, 0, 0], { eta: 0.01 })).cStar).toBe(0);
    }
  });

  it('lose noise in lengths that grow without end, but not η', () => {
    const place = ['relu', 2.5, 0.1, 0] as const;
    expect(analyse(perturbedMapOf(place, { noisePrecision: 5 }))).toEqual(unperturbed(place));
    const { gapStar } = analyse(perturbedMapOf(place, { eta: 0.2, noisePrecision: 5 }));
    const without = analyse(perturbedMapOf(['relu', 2, 0, 0], { eta: 0.2 }));
    expect(relativeError(gapStar as number, without.gapStar as number)).toBeLessThan(1e-12);
  });

  it('are analysed by the last of several strengths', () => {
    const listed = perturbedMapOf(ordered, { eta: [...Array.from({ length: 60 }, () => 0.7), 0.1] });
    const last = perturbedMapOf(ordered, { eta: 0.1 });
    expect(analyse(listed)).toEqual(analyse(last));
    expect(boundaries(listed)).toEqual(boundaries(last));
    expect(lengthFixedPoint(listed)).toEqual(lengthFixedPoint(last));
    const deep = trajectory(listed, { q1: 1, q2: 1, gap: 0 }, 400).at(-1)?.gap ?? NaN;
    expect(relativeError(deep, gapOf(analyse(last)))).toBeLessThan(1e-12);
  });

  it.each(places)('%s (%f, %f) are found by iteration of a law alike', (...place) => {
    const map = perturbedMapOf(place, { eta: 0.2 });
    const [byRoots, byIteration] = [analyse(map), analyse(asLaw(map))];
    expect(relativeError(gapOf(byIteration), gapOf(byRoots))).toBeLessThan(1e-12);
    expect(relativeError(byIteration.xiC, byRoots.xiC)).toBeLessThan(1e-11);
    expect(byIteration.phase).toBe(byRoots.phase);
  });

  it('have a sound analysis anywhere', () => {
    const decade = (from: number, to: number) =>
      fc.double({ min: from, max: to, noNaN: true }).map((x) => 10 ** x);
    fc.assert(
      fc.property(
        fc.constantFrom('relu' as const, 'relu' as const, 'relu' as const, 'tanh' as const),
        decade(-6, 6),
        fc.oneof(fc.constant(0), decade(-12, 6)),
        fc.constantFrom(-0.9, 0, 100),
        fc.record({
          eta: fc.oneof(fc.constantFrom(0, 1), decade(-12, 0)),
          noisePrecision: decade(-6, 12),
        }),
        (name, w, b, k, options) => {
          const map = perturbedMapOf([name, w, b, k], options);
          const { qStar, gapStar, cStar, chi1, xiQ, xiC } = analyse(map);
          expect(qStar.status).not.toBe('not-converged');
          expect(typeof gapStar).toBe('number');
          expect((gapStar as number) > 0 || qStar.status === 'unbounded').toBe(true);
          expect((gapStar as number) <= 1 && cStar === 1 - (gapStar as number)).toBe(true);
          for (const size of [chi1, xiQ, xiC]) expect(size).toBeGreaterThanOrEqual(0);
          if (qStar.status !== 'fixed') return;
          expect(xiC).toBeLessThan(Infinity);
          const after = map.observe(
            map.step(map.start({ q1: qStar.q, q2: qStar.q, gap: gapStar as number })),
          );
          // The rounding of q* shifts the gap that noise opens.
          expect(relativeError(after.gap, gapStar as number)).toBeLessThan(1e-12);
          const slope = map.linearise(map.start({ q1: qStar.q, q2: qStar.q, gap: gapStar as number }));
          expect(xiC).toBe(depthScale(slope.correlationSlope));
        },
      ),
      { seed: 8, numRuns: 80 },
    );
  });
});
