import {
  cite,
  shrinkage2021,
  type Claim,
  type Outcomes,
  type Reading,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { curvesFigure, type CurvesPanel } from '@meanfield/figures';
import type { z } from 'zod';

import { below, exact, INCOMPLETE, resultIn } from '../readings.js';
import { boundsResult, ERF_CRITICAL, erfLayers, pairsResult } from './results.js';

const DEPTH = 32;
/** The paper's text leaves σ_b/σ_w and the depth of its example open. */
const NETWORKS = [
  { label: 'critical', initializer: erfLayers(ERF_CRITICAL) },
  { label: 'chaotic', initializer: erfLayers(0) },
] as const;
type Label = (typeof NETWORKS)[number]['label'];

const gaps = (count: number): number[] => Array.from({ length: count + 1 }, (_, i) => i / count);
/** 1 − ρ_0 of the curves, closer together near ρ_0 = 1, where the curves are steep */
const CURVE = gaps(100).map((t) => t ** 2);

const over = {
  over: { initializer: NETWORKS.map(({ initializer }) => initializer) },
  labels: { initializer: NETWORKS.map(({ label }) => label) },
};

interface Compared {
  readonly rho0: number;
  /** ρ_L in networks of finite width */
  readonly rho: number;
  readonly stderr: number;
  /** At infinite width */
  readonly infinite: number;
}

function compared(outcomes: Outcomes, label: Label): readonly Compared[] | undefined {
  const pairs = resultIn(pairsResult, outcomes, 'simulation', label)?.layers.at(-1)?.pairs;
  const outputs = resultIn(boundsResult, outcomes, 'pairs', label)?.outputs;
  if (pairs === undefined || outputs === undefined) return undefined;
  return outputs.map(({ gap, output }, index) => ({
    rho0: 1 - gap,
    rho: 1 - (pairs[index]?.gap ?? 0),
    stderr: pairs[index]?.gapStderr ?? 0,
    infinite: 1 - output,
  }));
}

const claimed = (
  label: Label,
  of: (curve: readonly z.output<typeof boundsResult>['outputs'][number][]) => Reading,
): Claim['obtain'] => {
  return (outcomes) => {
    const curve = resultIn(boundsResult, outcomes, 'curves', label)?.outputs;
    return curve === undefined ? INCOMPLETE : of(curve);
  };
};

/** Largest |ρ_L − its infinite-width value| over pairs */
const deviation =
  (label: Label): Claim['obtain'] =>
  (outcomes) => {
    const points = compared(outcomes, label);
    if (points === undefined) return INCOMPLETE;
    const off = (point: Compared): number => Math.abs(point.rho - point.infinite);
    const worst = points.reduce((most, point) => (off(point) > off(most) ? point : most));
    return { value: off(worst), stderr: worst.stderr, remark: `at ρ_0 = ${worst.rho0.toFixed(2)}` };
  };

/** Largest excess of ρ_L over the piecewise linear bound; 0 where they touch */
const violation = (label: Label): Claim['obtain'] =>
  claimed(label, (curve) => exact(Math.max(...curve.map(({ output, bound }) => bound - output))));

/** The share of its whole rise from ρ_0 = 0 to 1 that ρ_L has made by ρ_0 = 0.5 */
const earlyRise = (label: Label): Claim['obtain'] =>
  claimed(label, (curve) => {
    const last = curve.at(-1)!.output;
    const half = curve.reduce((best, each) =>
      Math.abs(each.gap - 0.5) < Math.abs(best.gap - 0.5) ? each : best,
    );
    return exact(1 - half.output / last, `at ρ_0 = ${(1 - half.gap).toFixed(2)}`);
  });

const claim = (
  label: Label,
  id: string,
  claimOf: Pick<Claim, 'statement' | 'where' | 'expected' | 'obtain'>,
): Claim => ({
  id: `${label}-${id}`,
  by: 'source',
  ...claimOf,
  statement: `${claimOf.statement} (${label} network)`,
});

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = NETWORKS.flatMap(({ label }): CurvesPanel[] => {
    const curve = resultIn(boundsResult, outcomes, 'curves', label)?.outputs;
    const points = compared(outcomes, label);
    if (curve === undefined || points === undefined) return [];
    const x = curve.map(({ gap }) => 1 - gap);
    return [
      {
        title: `${label}, $L$ = ${DEPTH}`,
        x: { label: 'input correlation $ρ_0$', domain: [-0.02, 1.02] },
        y: { label: 'output correlation $ρ_L$' },
        series: [
          { label: 'bound of remark 2', style: 0, dash: 'dashed', x, y: curve.map(({ bound }) => 1 - bound) },
          { label: 'infinite width', style: 6, dash: 'solid', x, y: curve.map(({ output }) => 1 - output) },
          {
            label: 'networks of finite width',
            style: 1,
            marker: 'circle',
            draw: 'markers',
            x: points.map(({ rho0 }) => rho0),
            y: points.map(({ rho }) => rho),
            stderr: points.map(({ stderr }) => stderr),
          },
        ],
      },
    ];
  });
  if (panels.length === 0) return [];
  const caption = `Correlation of two outputs against that of their inputs in erf networks with layer norm, $L$ = ${DEPTH}.`;
  return [{ name: 'fig-1', svg: curvesFigure({ width: 660, panels }), caption }];
}

const fig1: Reproduction = {
  id: 'shrinkage2021/fig-1',
  title: 'Output correlation against input correlation',
  source: cite(shrinkage2021, 'fig. 1'),
  cost: {
    quick: '23 s of CPU time, 60 networks',
    full: '2 min of CPU time, 200 networks',
  },
  steps: (size) => {
    const simulated = gaps(size === 'full' ? 20 : 10);
    return [
      {
        id: 'simulation',
        title: 'Networks of finite width',
        experiment: 'propagation',
        options: {
          activation: 'erf',
          architecture: 'layer-norm',
          width: 1024,
          depth: DEPTH,
          inputs: { pairGaps: simulated },
          networks: size === 'full' ? 200 : 60,
          method: 'gram',
        },
        ...over,
      },
      {
        id: 'pairs',
        title: 'Infinite width, the same pairs',
        experiment: 'depth-bounds',
        options: { activation: 'erf', depth: DEPTH, gaps: simulated },
        ...over,
      },
      {
        id: 'curves',
        title: 'Infinite width, with the bound',
        experiment: 'depth-bounds',
        options: { activation: 'erf', depth: DEPTH, gaps: CURVE },
        ...over,
      },
    ];
  },
  claims: NETWORKS.flatMap(({ label }) => [
    claim(label, 'width', {
      statement: 'Networks of width 1024 follow the infinite-width curve: largest difference of ρ_L',
      where: 'fig. 1, red beside black; below 0.05, what the eye would see',
      expected: below(0.05),
      obtain: deviation(label),
    }),
    claim(label, 'bound', {
      statement: 'ρ_L stays below the piecewise linear bound: largest excess over it',
      where: 'fig. 1, blue; remark 2',
      expected: below(0),
      obtain: violation(label),
    }),
    claim(label, 'flat', {
      statement:
        'ρ_L is nearly constant over a large range of ρ_0 and jumps near 1: share of its rise by ρ_0 = 0.5',
      where: 'remark 3; below 0.25, where a straight line has 0.5',
      expected: below(0.25),
      obtain: earlyRise(label),
    }),
  ]),
  figures,
};

export default fig1;
