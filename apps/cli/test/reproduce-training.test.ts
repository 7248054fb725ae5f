/** Reproductions of training figures: readings of made-up curves, and a tiny run from beginning to end. */

import type { Outcome, Outcomes, Reproduction } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import { reproductions } from '../src/reproductions/all.js';
import {
  accuracyGain,
  earlyLossRatio,
  epochRatio,
  logEpochOf,
  worstLossRatio,
} from '../src/reproductions/training-readings.js';
import { reproduced } from './reproduced.js';

const EPOCHS = [0, 1, 2, 4, 8, 16];

/** A step of schemes with these losses, and accuracies of 1 − loss, by network and point. */
const outcomesWith =
  (schemes: Readonly<Record<string, readonly (readonly (number | null)[])[]>>): Outcomes =>
  () =>
    Object.entries(schemes).map(([label, networks]): Outcome => {
      const accuracy = networks.map((values) => values.map((value) => (value === null ? null : 1 - value)));
      const curve = (series: readonly (readonly (number | null)[])[]) => ({
        mean: EPOCHS.map(() => 0),
        stderr: EPOCHS.map(() => 0),
        networks: series.map((values) => [...values]),
      });
      const result = {
        curves: { step: EPOCHS, epoch: EPOCHS, validationLoss: curve(networks), accuracy: curve(accuracy) },
        final: { validationLoss: { mean: 0, stderr: 0 } },
        steps: 16,
        networks: networks.length,
        backend: 'none',
        task: { name: 'none', remarks: [] },
      };
      const record = { cell: '0', experiment: 'training', status: 'complete', result, timing: {} } as const;
      return { labels: { initializer: label }, options: {}, record };
    });

/** A loss of 8 that is halved after `delay` epochs */
const falling = (delay: number): readonly number[] => EPOCHS.map((epoch) => 8 / (1 + epoch / delay));

describe('logEpochOf', () => {
  it('goes along straight lines in logarithms', () => {
    const values = [16, 8, 4, 2, 1, 0.5];
    expect(logEpochOf(values, EPOCHS, 2)).toBeCloseTo(Math.log(4), 12);
    expect(logEpochOf(values, EPOCHS, Math.sqrt(2))).toBeCloseTo(Math.log(Math.sqrt(32)), 12);
    expect(logEpochOf(values, EPOCHS, 0.5)).toBeCloseTo(Math.log(16), 12);
    expect(logEpochOf(values, EPOCHS, 12)).toBe(0);
  });
});

describe('readings of schemes against each other', () => {
  it('find how many times faster one is, and nothing where it has not learnt', () => {
    const slow = falling(4);
    // The same losses at half of the epochs, where both have points
    const fast = EPOCHS.map((epoch) => 8 / (1 + (2 * epoch) / 4));
    const schemes = { fast: [fast, fast], slow: [slow, slow], idle: [slow, EPOCHS.map(() => 8)] };
    const found = epochRatio('s', 'fast', 'slow')(outcomesWith(schemes));
    expect(found.value).toBeCloseTo(-Math.LN2, 1);
    expect(found.stderr).toBeCloseTo(0, 12);
    expect(epochRatio('s', 'slow', 'fast')(outcomesWith(schemes)).value).toBeCloseTo(-found.value!, 12);
    const idle = epochRatio('s', 'idle', 'slow')(outcomesWith(schemes));
    expect([idle.value, idle.remark]).toEqual([null, '1 of 2 pairs have not halved their losses']);
  });

  it('are paired by network, and leave out pairs in which one diverged', () => {
    const [one, other] = [
      [8, 6, 4, 2, 1, 0.5],
      [8, 7, 6, 4, 2, 1],
    ] as const;
    const schemes = {
      one: [one, one.map((value) => 10 * value), [8, null, null, null, null, null], one],
      other: [other, other.map((value) => 10 * value), other, other],
    };
    const { value, stderr, remark } = accuracyGain(
      's',
      'one',
      'other',
    )(outcomesWith({ one: [one, one, [8, null, null, null, null, null]], other: [other, other, other] }));
    expect(value).toBeCloseTo((2 + 1 + 0.5) / 3, 12);
    expect([stderr, remark]).toEqual([0, '2 pairs of networks, epochs 4 to 16']);
    const worst = worstLossRatio('s', 'other', 'one')(outcomesWith(schemes));
    expect(worst.value).toBeCloseTo(Math.LN2, 12);
    expect(worst.remark).toMatch(/^the largest, at epoch (4|8|16)$/);
    const early = earlyLossRatio('s', 'one', 'other')(outcomesWith(schemes));
    expect(early.value).toBeCloseTo(Math.log(6 / 7), 12);
    expect(early.stderr).toBeCloseTo(0, 12);
  });

  it('say so where a scheme is missing', () => {
    const outcomes = outcomesWith({ one: [falling(1), falling(2)] });
    for (const read of [epochRatio, accuracyGain, worstLossRatio, earlyLossRatio]) {
      const { value, remark } = read('s', 'one', 'other')(outcomes);
      expect([value, remark]).toEqual([null, expect.stringContaining('not complete')]);
    }
  });
});

describe('a training figure', () => {
  it('runs, is judged and is drawn', async () => {
    const figure = reproductions.find(({ id }) => id === 'singh2021/fig-3.4')!;
    const tiny = {
      task: {
        name: 'teacher-student',
        options: { teacher: 'simple', examples: 100, validationExamples: 20, inputSize: 4, outputSize: 2 },
      },
      hiddenWidths: [6],
      backend: { name: 'tfjs', options: { engine: 'cpu' } },
      batchSize: 20,
      networks: 2,
      steps: 6,
      evaluations: 5,
      optimizer: { name: 'sgd', options: { learningRate: 0.2 } },
    };
    const reproduction: Reproduction = {
      ...figure,
      steps: (size) =>
        figure.steps(size).map((step) => ({ ...step, options: { ...tiny, networkCurves: true } })),
    };
    const { outcomes, claims } = await reproduced(reproduction);
    expect(claims.some(({ obtained }) => obtained.value !== null)).toBe(true);
    const [drawn] = reproduction.figures(outcomes);
    expect(drawn!.svg).toMatch(/^<svg /);
    for (const title of ['SGD', 'Adam']) expect(drawn!.svg).toContain(title);
    expect(drawn!.caption).toContain('2 networks');
  });
});
