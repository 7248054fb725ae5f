/**
 * The phase diagram of tanh: q*, c*, χ₁, both depth scales and the phase at 200 × 200 points of (σ_w², σ_b²), and the
 * critical line as a curve. Tables are made anew in every run.
 *
 * Every run's model is that of a check at points of the plane, of which the direct map's analysis may differ by 1e-9.
 * Against what is otherwise done, iterating the same map of two signals until depth 1,000, which also leaves the points
 * near the critical line unsettled.
 */

import tanh from '@meanfield/activation-tanh';
import { MeanfieldError, type MeanFieldMap } from '@meanfield/core';
import gaussian from '@meanfield/mean-field-gaussian';
import { analyse, boundaryCurves, phaseGrid, trajectory, type Analysis } from '@meanfield/theory';

import type { Benchmark, Measure } from '../benchmark.js';
import { plane } from './plane.js';

const DEPTH = 1000;
/** Points a side */
const SIZE = 200;
const NAIVE_SIZE = 5;
const CHECKED_SIZE = 12;
const ALLOWED = 1e-9;

function maps(): (weightVariance: number, biasVariance: number) => MeanFieldMap {
  const model = gaussian.create();
  return (weightVariance, biasVariance) =>
    model.map(tanh.create(), { law: 'gaussian-rows', weightVariance, biasVariance, correlationStrength: 0 });
}

const seconds =
  (work: () => void): Measure =>
  () => {
    const start = performance.now();
    work();
    return (performance.now() - start) / 1e3;
  };

/** What the two analyses of a point may differ in */
const numbers = ({ qStar, cStar, chi1, xiQ, xiC }: Analysis): readonly number[] => [
  qStar.status === 'fixed' ? qStar.q : NaN,
  typeof cStar === 'number' ? cStar : NaN,
  chi1,
  xiQ,
  xiC,
];

/** @throws MeanfieldError INTERNAL where tabulated and direct analyses differ by more than 1e-9 */
function check(): void {
  const mapAt = maps();
  const { xs, ys } = plane(CHECKED_SIZE);
  const grid = phaseGrid(mapAt, xs, ys);
  for (const [row, y] of ys.entries()) {
    for (const [column, x] of xs.entries()) {
      const point = grid[row]?.[column];
      const expected = numbers(analyse(mapAt(x, y)));
      const found = point === undefined ? [] : numbers(point);
      if (expected.every((value, i) => Math.abs((found[i] ?? NaN) - value) <= ALLOWED * Math.abs(value)))
        continue;
      throw new MeanfieldError({
        code: 'INTERNAL',
        expected: `${expected.join(', ')} at σ_w² = ${x}, σ_b² = ${y}`,
        found: found.join(', '),
        remedy: 'repair the tables before timing them',
      });
    }
  }
}

export const phaseDiagramTanh: Benchmark = {
  name: 'phase-diagram-tanh',
  summary: `phase diagram of tanh, ${SIZE} × ${SIZE} points of (σ_w², σ_b²) and the critical line`,
  unit: 's',
  better: 'lower',
  runs: 5,
  prepare() {
    check();
    const { xs, ys } = plane(SIZE);
    const few = plane(NAIVE_SIZE);
    return {
      subject: seconds(() => {
        const mapAt = maps();
        phaseGrid(mapAt, xs, ys);
        boundaryCurves((y) => mapAt(1, y), ys, { window: [0.5, 4] });
      }),
      baselines: [
        {
          name: `iterating to depth ${DEPTH} at ${NAIVE_SIZE} × ${NAIVE_SIZE} points`,
          measure: seconds(() => {
            const mapAt = maps();
            for (const y of few.ys) {
              for (const x of few.xs) trajectory(mapAt(x, y), { q1: 1, q2: 1, gap: 0.5 }, DEPTH);
            }
          }),
          runs: 3,
        },
      ],
    };
  },
};
