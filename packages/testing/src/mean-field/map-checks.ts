/** What holds for every mean-field map, found by stepping it. */

import type { MeanFieldMap, SignalPair } from '@meanfield/core';
import { expect } from 'vitest';

import { expectClose, type Check } from '../check.js';

const LENGTHS: readonly number[] = [1e-3, 0.7, 5];
const GAPS: readonly number[] = [0, 1e-9, 0.02, 0.6, 1, 1.7];

const PAIRS: readonly SignalPair[] = LENGTHS.flatMap((q) => [
  ...GAPS.map((gap) => ({ q1: q, q2: q, gap })),
  ...[0, 0.6].map((gap) => ({ q1: q, q2: 1.3 * q, gap })),
]);

const equalPair = (q: number, gap: number): SignalPair => ({ q1: q, q2: q, gap });
const next = (map: MeanFieldMap, pair: SignalPair): SignalPair => map.observe(map.step(map.start(pair)));
const shown = (pair: SignalPair): string => JSON.stringify(pair);

function expectPair(actual: SignalPair, expected: SignalPair, relative: number, where: string): void {
  expectClose(actual.q1, expected.q1, { relative }, `q1 ${where}`);
  expectClose(actual.q2, expected.q2, { relative }, `q2 ${where}`);
  expectClose(actual.gap, expected.gap, { relative, absolute: relative }, `gap ${where}`);
}

function expectInRange({ q1, q2, gap }: SignalPair, where: string): void {
  expect(q1 >= 0 && q2 >= 0 && Number.isFinite(q1 + q2), `lengths ${q1}, ${q2} ${where}`).toBe(true);
  expect(gap >= 0 && gap <= 2, `gap ${gap} ${where}`).toBe(true);
}

const structureChecks = (makeMap: () => MeanFieldMap): readonly Check[] => [
  {
    name: 'says how it computes, and starts where it is told',
    run() {
      const map = makeMap();
      expect(map.method).toMatch(/\S/);
      for (const pair of PAIRS) expect(map.observe(map.start(pair))).toEqual(pair);
    },
  },
  {
    name: 'keeps lengths and gaps in range, and steps alike twice',
    run() {
      const map = makeMap();
      for (const pair of PAIRS) {
        let state = map.start(pair);
        for (let layer = 1; layer <= 3; layer++) {
          const before = JSON.stringify(map.observe(state));
          const after = map.step(state);
          expect(map.observe(map.step(state))).toEqual(map.observe(after));
          expect(JSON.stringify(map.observe(state)), 'the state stepped from').toBe(before);
          expectInRange(map.observe(after), `${layer} layers after ${shown(pair)}`);
          state = after;
        }
      }
    },
  },
  {
    name: 'treats both signals alike',
    run() {
      const map = makeMap();
      for (const pair of PAIRS) {
        const { q1, q2, gap } = next(map, { q1: pair.q2, q2: pair.q1, gap: pair.gap });
        expectPair(next(map, pair), { q1: q2, q2: q1, gap }, 1e-11, `after ${shown(pair)}`);
      }
    },
  },
  {
    name: 'keeps signals of equal length equally long',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        for (const gap of GAPS) {
          const after = next(map, equalPair(q, gap));
          expect(after.q1).toBe(after.q2);
        }
      }
    },
  },
  {
    name: 'hands on moments in range',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        const { meanSquare, mean, deadFraction } = map.activity(map.start(equalPair(q, 0)));
        const possible = Math.abs(mean) <= Math.sqrt(meanSquare) * (1 + 1e-12) && meanSquare < Infinity;
        expect(possible, `E φ² ${meanSquare}, E φ ${mean} at ${q}`).toBe(true);
        expect(deadFraction >= 0 && deadFraction <= 1, `P(h ≤ 0) ${deadFraction} at ${q}`).toBe(true);
      }
    },
  },
  {
    name: 'follows the moments alone where its state is a pair of moments',
    run() {
      const map = makeMap();
      if (map.stateKind !== 'moments') return;
      for (const pair of PAIRS) {
        const state = map.step(map.start(pair));
        const restarted = next(map, map.observe(state));
        expectPair(restarted, map.observe(map.step(state)), 1e-14, `after ${shown(pair)}`);
      }
    },
  },
  {
    name: 'is the same map at its own weight variance, and another at another',
    run() {
      const map = makeMap();
      const same = map.withWeightVariance(map.weightVariance);
      const more = map.withWeightVariance(2 * map.weightVariance);
      expect(same.weightVariance).toBe(map.weightVariance);
      expect(more.weightVariance).toBe(2 * map.weightVariance);
      for (const pair of PAIRS) {
        expect(next(same, pair)).toEqual(next(map, pair));
        expect(next(more, pair).q1).toBeGreaterThan(next(map, pair).q1);
      }
    },
  },
];

const slopeChecks = (makeMap: () => MeanFieldMap): readonly Check[] => [
  {
    name: 'has the slopes of its own steps',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        for (const gap of [0.02, 0.6, 1]) {
          const { lengthSlope, correlationSlope } = map.linearise(map.start(equalPair(q, gap)));
          const [dq, dg] = [1e-4 * q, 1e-4 * gap];
          const byLength =
            (next(map, equalPair(q + dq, gap)).q1 - next(map, equalPair(q - dq, gap)).q1) / (2 * dq);
          const byGap =
            (next(map, equalPair(q, gap + dg)).gap - next(map, equalPair(q, gap - dg)).gap) / (2 * dg);
          expectClose(lengthSlope, byLength, { relative: 1e-6, absolute: 1e-7 }, `dV/dq at ${q}`);
          expectClose(correlationSlope, byGap, { relative: 1e-6 }, `dc'/dc at ${q}, gap ${gap}`);
        }
      }
    },
  },
  {
    name: 'has χ₁ as the slope at c = 1, whatever the gap of a state',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        const { chi1, correlationSlope } = map.linearise(map.start(equalPair(q, 0)));
        const after = next(map, equalPair(q, 0));
        expectClose(correlationSlope, (chi1 * q) / after.q1, { relative: 1e-10 }, `χ₁ q/q' at ${q}`);
        const elsewhere = map.linearise(map.start(equalPair(q, 0.6))).chi1;
        expectClose(elsewhere, chi1, { relative: 1e-12 }, `χ₁ at gap 0.6 and ${q}`);
      }
    },
  },
  {
    name: 'grows at large lengths as its limits say',
    run() {
      const map = makeMap();
      const { lengthGrowth, chi1 } = map.asymptotics();
      if (!Number.isFinite(lengthGrowth)) return;
      // A map of laws needs some layers to take its own shape, in which lengths may shrink; a bounded φ leaves no room.
      const takesShape = map.stateKind === 'law' && lengthGrowth > 0;
      const [start, layers] = takesShape ? [1e60, 40] : [1e24, 0];
      let state = map.start(equalPair(start, 0));
      for (let layer = 0; layer < layers; layer++) state = map.step(state);
      const q = map.observe(state).q1;
      expect(q > 1e12, `length ${q} after ${layers} layers from ${start}`).toBe(true);
      const growth = map.observe(map.step(state)).q1 / q;
      expectClose(growth, lengthGrowth, { relative: 1e-5, absolute: 1e-9 }, 'V(q)/q');
      expectClose(map.linearise(state).chi1, chi1, { relative: 1e-5, absolute: 1e-5 }, 'χ₁');
    },
  },
];

/** c = 1 is fixed, and nothing but the slope there acts on small gaps. */
const equalSignalChecks = (makeMap: () => MeanFieldMap): readonly Check[] => [
  {
    name: 'leaves equal signals equal',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) expect(next(map, equalPair(q, 0)).gap).toBe(0);
    },
  },
  {
    name: 'carries gaps of 1e-200 by the slope at c = 1',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        const { correlationSlope } = map.linearise(map.start(equalPair(q, 0)));
        const { gap } = next(map, equalPair(q, 1e-200));
        expectClose(gap / 1e-200, correlationSlope, { relative: 1e-10 }, `gap'/gap at ${q}`);
      }
    },
  },
];

/** c = 1 is not fixed: a gap opens, and small ones add to it by the slope at c = 1. */
const partingChecks = (makeMap: () => MeanFieldMap): readonly Check[] => [
  {
    name: 'parts equal signals',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) expect(next(map, equalPair(q, 0)).gap).toBeGreaterThan(0);
    },
  },
  {
    name: 'adds small gaps by the slope at c = 1',
    run() {
      const map = makeMap();
      for (const q of LENGTHS) {
        const opened = next(map, equalPair(q, 0)).gap;
        const { correlationSlope } = map.linearise(map.start(equalPair(q, 0)));
        // Small enough for the √gap by which slopes of kinked φ change, and so that rounding of what opened stays small.
        const added = 1e-8 * Math.min(1, opened);
        const slope = (next(map, equalPair(q, added)).gap - opened) / added;
        expectClose(slope, correlationSlope, { relative: 1e-3, absolute: 1e-6 }, `slope at gap 0 and ${q}`);
      }
    },
  },
];

export function mapChecks(makeMap: () => MeanFieldMap, keepsEqualSignals: boolean): readonly Check[] {
  const atEqualSignals = keepsEqualSignals ? equalSignalChecks : partingChecks;
  return [...structureChecks(makeMap), ...slopeChecks(makeMap), ...atEqualSignals(makeMap)];
}
