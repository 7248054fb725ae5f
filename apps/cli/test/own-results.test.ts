/** Results of this project's own: readings of made-up records, and tiny runs from beginning to end. */

import type { JsonObject, Outcome, Outcomes, Reproduction } from '@meanfield/core';
import { describe, expect, it } from 'vitest';

import antiCorrelated from '../src/reproductions/own/anti-correlated.js';
import {
  chaoticShareOfTop,
  firstUnitChi,
  lateGrowth,
  spreadOverStrengths,
} from '../src/reproductions/own/anti-correlated-readings.js';
import { lowestLoss, scannedLosses } from '../src/reproductions/own/lowest-loss.js';
import trainingScan from '../src/reproductions/own/training-scan.js';
import { reproduced } from './reproduced.js';

const outcome = (options: JsonObject, result: JsonObject, labels: Record<string, string> = {}): Outcome => ({
  labels,
  options,
  record: { cell: '0', experiment: 'made-up', status: 'complete', result, timing: {} },
});
const aci = (k: number, weightVariance: number, biasVariance = 0): JsonObject => ({
  activation: { name: 'selu', options: {} },
  initializer: { name: 'aci', options: { k, weightVariance, biasVariance } },
});

describe('lowestLoss', () => {
  const SCAN = [0.5, 0.7, 1, 1.4, 2, 2.8, 4];
  /** A network whose ln loss is a parabola in ln σ_w² about its own minimum */
  const network = (at: number, factor: number) => (weightVariance: number) =>
    factor * Math.exp(0.3 * Math.log(weightVariance / at) ** 2);
  const scanOf = (networks: readonly ((at: number) => number)[]) => ({
    step: 1,
    points: SCAN.map((weightVariance) => ({
      weightVariance,
      losses: networks.map((f) => f(weightVariance)),
    })),
  });

  it('is the vertex, and what networks have in common at every σ_w² is no error of it', () => {
    const found = lowestLoss(scanOf([network(1.5, 1), network(1.5, 3), network(1.5, 0.2)]))!;
    expect(found.value).toBeCloseTo(1.5, 12);
    expect(found.stderr).toBeLessThan(1e-12);
  });

  it('has the standard error of the mean of minima that differ from network to network', () => {
    const shifts = [-0.02, 0.01, 0.03, -0.01, -0.01];
    const found = lowestLoss(scanOf(shifts.map((shift) => network(1.5 * Math.exp(shift), 1))))!;
    expect(Math.log(found.value / 1.5)).toBeCloseTo(0, 4);
    const variance = shifts.reduce((sum, shift) => sum + shift ** 2, 0) / 4;
    expect(found.stderr! / found.value).toBeCloseTo(Math.sqrt(variance / 5), 4);
  });

  it('is not told where the loss is lowest at an end of the scan', () => {
    expect(lowestLoss(scanOf([network(8, 1), network(8, 2)]))).toBeNull();
    expect(lowestLoss(scanOf([network(0.2, 1), network(0.2, 2)]))).toBeNull();
  });

  it('leaves out σ_w² at which a network diverged, and the evaluation before training', () => {
    const cell = (weightVariance: number, last: number | null): Outcome => {
      const loss = {
        mean: [1, 1],
        stderr: [0, 0],
        networks: [
          [9, last],
          [9, 2],
        ],
      };
      return outcome(aci(0, weightVariance), {
        curves: { step: [0, 5], epoch: [0, 1], validationLoss: loss },
        final: { validationLoss: { mean: 1, stderr: 0 } },
        steps: 5,
        networks: 2,
        backend: 'none',
        task: { name: 'none', remarks: [] },
      });
    };
    expect(scannedLosses(() => [cell(1, 1), cell(2, null), cell(3, 4)], 's')).toEqual([
      {
        step: 5,
        points: [
          { weightVariance: 1, losses: [1, 2] },
          { weightVariance: 3, losses: [4, 2] },
        ],
      },
    ]);
  });
});

describe('readings of correlated weights', () => {
  const boundary = (k: number, bias: number, correlation: number): Outcome =>
    outcome(aci(k, 1, bias), { length: null, correlation, method: 'none' });

  it('compare boundaries of strengths at the same σ_b² alone', () => {
    const lines: Outcomes = () => [
      boundary(0, 0, 1),
      boundary(1, 0, 1.25),
      boundary(0, 1, 3),
      boundary(1, 1, 3),
    ];
    expect(spreadOverStrengths('s', 'correlation')(lines).value).toBe(0.25);
  });

  it('find where χ₁ of one strength first rises through 1, and not where it does so again', () => {
    const chi1 = [0.6, 0.9, 1.3, 0.8, 1.2];
    const points: Outcomes = () =>
      [100, 0].flatMap((k) =>
        chi1.map((value, i) =>
          outcome(aci(k, 1 + i), {
            qStar: 1,
            cStar: 1,
            chi1: k === 0 ? value : 2,
            xiQ: 1,
            xiC: 1,
            phase: 'ordered',
            bounded: true,
            method: 'none',
          }),
        ),
      );
    const found = firstUnitChi('s', 0, 0.1)(points);
    if (found?.kind !== 'value') throw new Error('no value');
    expect(found.value).toBeCloseTo(2.25, 12);
    expect(found.precision).toBeCloseTo(0.225, 12);
    expect(firstUnitChi('s', 100, 0.1)(points)).toBeNull();
  });

  it('count the chaotic among the bounded in the uppermost row', () => {
    const curve = { weightVariance: [], vertical: [] };
    const plane: Outcomes = () => [
      outcome(
        {},
        {
          weightVariance: [1, 2, 3, 4],
          vertical: { option: 'biasVariance', values: [0, 1] },
          phase: [Array(4).fill('chaotic'), ['ordered', 'ordered', 'chaotic', 'chaotic']],
          bounded: [Array(4).fill(true), [true, true, true, false]],
          xiQ: [],
          xiC: [],
          boundaries: { length: curve, correlation: curve },
          method: 'none',
        },
        { initializer: 'k' },
      ),
    ];
    expect(chaoticShareOfTop('s', 'k')(plane).value).toBeCloseTo(1 / 3, 12);
  });

  it('take the growth of q over the deeper half', () => {
    const layers = [3, 4, 5, 6, 7, 8].map((q) => {
      const none = {
        c: null,
        cStderr: null,
        gap: null,
        gapStderr: null,
        deadFraction: 0,
        deadFractionStderr: 0,
      };
      return { ...none, q, qStderr: 0.01 * q };
    });
    const { value, stderr } = lateGrowth(
      's',
      'k',
    )(() => [outcome({}, { layers, theory: null }, { initializer: 'k' })]);
    expect(value).toBe(8 / 5);
    expect(stderr).toBeCloseTo(1.6 * 0.01 * Math.SQRT2, 12);
  });
});

describe('own results', () => {
  const TINY: Readonly<Record<string, JsonObject>> = {
    propagation: { width: 16, networks: 3, depth: 4 },
    'propagation-scan': { width: 16, networks: 3, depth: 4, networksPerPart: 3 },
    'phase-diagram': {
      weightVariance: { from: 0.1, to: 3, count: 12 },
      vertical: { option: 'biasVariance', from: 0, to: 1, count: 6 },
    },
    training: {
      task: {
        name: 'teacher-student',
        options: { examples: 60, validationExamples: 20, inputSize: 4, width: 6 },
      },
      hiddenWidths: [6, 6],
      backend: 'reference',
      batchSize: 20,
      networks: 2,
      steps: 4,
      evaluations: 3,
    },
  };

  it.each([antiCorrelated, trainingScan])('$id runs, is judged and is drawn', async (whole) => {
    const reproduction: Reproduction = {
      ...whole,
      steps: (size) =>
        whole
          .steps(size)
          .map((step) => ({ ...step, options: { ...step.options, ...TINY[step.experiment] } })),
    };
    const { outcomes, claims } = await reproduced(reproduction);
    for (const { expected, obtained } of claims) {
      expect(expected).not.toBeNull();
      expect(obtained.value).not.toBeNaN();
    }
    const drawn = reproduction.figures(outcomes);
    expect(drawn.length).toBeGreaterThan(0);
    for (const { svg } of drawn) expect(svg).toMatch(/^<svg /);
  });
});
