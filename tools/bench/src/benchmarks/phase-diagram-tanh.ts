/**
 * Analyses of tanh over a plane of (σ_w², σ_b²): q*, c*, χ₁, both depth scales and the phase at every point.
 *
 * Against what is otherwise done, iterating the same map of two signals until depth 1,000, which also leaves
 * the points near the critical line unsettled.
 */

import tanh from '@meanfield/activation-tanh';
import type { MeanFieldMap } from '@meanfield/core';
import gaussian from '@meanfield/mean-field-gaussian';
import { phaseGrid, trajectory } from '@meanfield/theory';

import type { Benchmark, Measure } from '../benchmark.js';

const DEPTH = 1000;
/** Points a side */
const SIZE = 24;
const NAIVE_SIZE = 5;

/** σ_w² in (0.5, 4) and σ_b² in (0, 1), off every special value */
const axes = (size: number): { xs: readonly number[]; ys: readonly number[] } => ({
  xs: Array.from({ length: size }, (_, i) => 0.5 + (3.5 * (i + 0.5)) / size),
  ys: Array.from({ length: size }, (_, i) => (i + 0.5) / size),
});

const perSecond =
  (count: number, work: () => void): Measure =>
  () => {
    const start = performance.now();
    work();
    return (1e3 * count) / (performance.now() - start);
  };

export const phaseDiagramTanh: Benchmark = {
  name: 'phase-diagram-tanh',
  summary: `analyses of tanh at ${SIZE} × ${SIZE} points of (σ_w², σ_b²)`,
  unit: 'points/s',
  better: 'higher',
  runs: 5,
  prepare() {
    const model = gaussian.create();
    const mapAt = (weightVariance: number, biasVariance: number): MeanFieldMap =>
      model.map(tanh.create(), {
        law: 'gaussian-rows',
        weightVariance,
        biasVariance,
        correlationStrength: 0,
      });
    const { xs, ys } = axes(SIZE);
    const few = axes(NAIVE_SIZE);
    const iterate = (): void => {
      for (const y of few.ys) {
        for (const x of few.xs) trajectory(mapAt(x, y), { q1: 1, q2: 1, gap: 0.5 }, DEPTH);
      }
    };
    return {
      subject: perSecond(SIZE * SIZE, () => {
        phaseGrid(mapAt, xs, ys);
      }),
      baselines: [
        {
          name: `iterating to depth ${DEPTH} at ${NAIVE_SIZE} × ${NAIVE_SIZE} points`,
          measure: perSecond(NAIVE_SIZE * NAIVE_SIZE, iterate),
          runs: 3,
        },
      ],
    };
  },
};
