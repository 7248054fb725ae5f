import {
  cite,
  shrinkage2021,
  type Claim,
  type JsonObject,
  type Outcomes,
  type Reading,
  type ReproducedFigure,
  type Reproduction,
  type ReproductionStep,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries } from '@meanfield/figures';

import { above, below, INCOMPLETE, value } from '../readings.js';
import {
  byDepth,
  bySlope,
  MOST,
  slopesDepth,
  shown,
  slopeName,
  type Curve,
  type Shown,
} from './fig-2-curves.js';
import { rate, RATE_DEPTH, spacedDepths } from './results.js';

/** Width and depths leave the text of the paper open; only fig. 1 has a width, 1024. */
const SIZES = {
  quick: { width: 96, networks: 4, depth: 32, slopes: [0, 0.3, 0.6, 0.9], slopesDepth: 16 },
  full: {
    width: 512,
    networks: 4,
    depth: 64,
    slopes: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9],
    slopesDepth: 32,
  },
} as const satisfies Record<Size, unknown>;

/** At infinite width a curve costs nothing. */
const CURVE = Array.from({ length: 39 }, (_, i) => i / 40);

const activation = (negativeSlope: number): JsonObject => ({
  name: 'leaky-relu',
  options: { negativeSlope },
});

const last = ({ x, gap, stderr }: Curve): readonly [number, number, number | null] => [
  x.at(-1)!,
  gap.at(-1)!,
  stderr.at(-1)!,
];

/** Of a quantity of points: where it is largest, with the standard error there. */
function extreme(
  candidates: readonly { readonly value: number; readonly stderr: number; readonly at: string }[],
  worse: (a: number, b: number) => boolean,
): Reading {
  const [first, ...others] = candidates;
  if (first === undefined) return INCOMPLETE;
  const {
    value: found,
    stderr,
    at,
  } = others.reduce((best, each) => (worse(each.value, best.value) ? each : best), first);
  return { value: found, stderr, remark: at };
}

const named = (panel: number, x: number): string => (panel === 0 ? `at L = ${x}` : `at a = ${x}`);

/** The found 1 − ρ over the bound, the largest of all points at which the bound says anything */
const overBound: Claim['obtain'] = (outcomes) =>
  extreme(
    shown(outcomes).flatMap(({ descent, bound }, panel) =>
      descent.x.flatMap((x, index) => {
        const limit = bound.gap[bound.x.indexOf(x)]!;
        if (limit === MOST) return [];
        const ratio = descent.gap[index]! / limit;
        return [{ value: ratio, stderr: (descent.stderr[index] ?? 0) / limit, at: named(panel, x) }];
      }),
    ),
    (a, b) => a > b,
  );

/** What descents find over what sample pairs have, the smallest of all points */
const overPairs: Claim['obtain'] = (outcomes) =>
  extreme(
    shown(outcomes).flatMap(({ descent, pairs }, panel) =>
      descent.x.map((x, index) => {
        const at = pairs.x.indexOf(x);
        const ratio = descent.gap[index]! / pairs.gap[at]!;
        const relative = Math.hypot(
          (descent.stderr[index] ?? 0) / descent.gap[index]!,
          (pairs.stderr[at] ?? 0) / pairs.gap[at]!,
        );
        return { value: ratio, stderr: ratio * relative, at: named(panel, x) };
      }),
    ),
    (a, b) => a < b,
  );

/** 1 − ρ_L of sample pairs at the last point over that at the first of one panel */
const change =
  (panel: 0 | 1): Claim['obtain'] =>
  (outcomes) => {
    const pairs = shown(outcomes)[panel]?.pairs;
    if (pairs === undefined) return INCOMPLETE;
    const [, end, error] = last(pairs);
    const ratio = end / pairs.gap[0]!;
    const relative = Math.hypot((error ?? 0) / end, (pairs.stderr[0] ?? 0) / pairs.gap[0]!);
    return {
      value: ratio,
      stderr: ratio * relative,
      remark: `${named(panel, last(pairs)[0])} over ${named(panel, pairs.x[0]!).slice(3)}`,
    };
  };

function series({ pairs, infinite, descent, bound }: Shown): readonly CurveSeries[] {
  const of = ({ x, gap }: Curve): Pick<CurveSeries, 'x' | 'y'> => ({ x, y: gap });
  const marked = descent.x.map((x) => pairs.x.indexOf(x));
  return [
    { label: 'bound 4.1', style: 0, dash: 'dashed', ...of(bound) },
    { label: 'infinite width, $ρ_0$ = 0', style: 6, dash: 'solid', ...of(infinite) },
    {
      label: 'sample pairs',
      style: 1,
      marker: 'circle',
      draw: 'markers',
      x: descent.x,
      y: marked.map((at) => pairs.gap[at] ?? null),
      stderr: marked.map((at) => pairs.stderr[at] ?? null),
    },
    {
      label: 'found by gradient descent',
      style: 2,
      marker: 'triangle',
      draw: 'markers',
      ...of(descent),
      stderr: descent.stderr,
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const [depth, slope] = [byDepth(outcomes, 'depth', 0), bySlope(outcomes)];
  const y = { label: '$1 − ρ_L$', scale: 'log' as const };
  const panels = [
    ...(depth === undefined
      ? []
      : [{ title: '$a$ = 0', x: { label: 'depth $L$', scale: 'log' as const }, y, series: series(depth) }]),
    ...(slope === undefined
      ? []
      : [
          {
            title: `$L$ = ${slopesDepth(outcomes)}`,
            x: { label: 'negative slope $a$', domain: [-0.04, 1] as const },
            y,
            series: series(slope),
          },
        ]),
  ];
  if (panels.length === 0) return [];
  const caption =
    'Difference from full correlation, $1 − ρ_L$, in critical leaky ReLU networks with layer norm, by depth and by negative slope: of sample pairs, at infinite width, the largest found by gradient descent on two inputs, and the bound of eq. 4.1.';
  return [{ name: 'fig-2', svg: curvesFigure({ width: 660, panels }), caption }];
}

/** The three experiments of a panel. */
function panelSteps(
  panel: 'depth' | 'slope',
  { width, networks }: { readonly width: number; readonly networks: number },
  slopes: readonly number[],
  depths: readonly number[],
): readonly ReproductionStep[] {
  const depth = depths.at(-1)!;
  const through = (values: readonly number[]): Pick<ReproductionStep, 'over' | 'labels'> => ({
    over: { activation: values.map(activation) },
    labels: { activation: values.map(slopeName) },
  });
  const over = through(slopes);
  return [
    {
      id: `${panel}-pairs`,
      title: 'Sample pairs',
      experiment: 'propagation',
      options: {
        architecture: 'layer-norm',
        width,
        depth,
        inputs: { count: 2, correlation: 0 },
        networks: 20 * networks,
      },
      ...over,
    },
    {
      id: `${panel}-infinite`,
      title: 'Infinite width',
      experiment: 'depth-bounds',
      options: { depth },
      ...(panel === 'depth' ? over : through(CURVE)),
    },
    {
      id: `${panel}-descent`,
      title: 'Gradient descent on two inputs',
      experiment: 'smallest-correlation',
      options: { width, depths, networks, startGaps: [2, 1] },
      ...over,
    },
  ];
}

const fig2: Reproduction = {
  id: 'shrinkage2021/fig-2',
  title: 'Representation shrinkage by depth and by negative slope',
  source: cite(shrinkage2021, 'fig. 2, §4.1'),
  cost: {
    quick: '21 s of CPU time, 4 networks of width 96',
    full: 'not measured; by operations some hours of CPU time, 4 networks of width 512',
  },
  steps: (size) => {
    const { depth, slopes, slopesDepth, ...each } = SIZES[size];
    return [
      ...panelSteps('depth', each, [0], spacedDepths(depth, 2)),
      ...panelSteps('slope', each, slopes, [slopesDepth]),
      {
        id: 'rate',
        title: 'Rate at infinite width',
        experiment: 'depth-bounds',
        options: { activation: activation(0), depth: RATE_DEPTH },
      },
    ];
  },
  claims: [
    {
      id: 'bound',
      by: 'source',
      statement:
        'The largest 1 − ρ_L that is found stays below the bound 4.1: largest ratio of the two where the bound is below 2',
      where: 'fig. 2a and b, green below blue',
      expected: below(1),
      obtain: overBound,
    },
    {
      id: 'descent',
      by: 'source',
      statement:
        'Gradient descent finds smaller correlations than sample pairs have: smallest ratio of 1 − ρ_L',
      where: 'fig. 2a and b, green above red',
      expected: above(1),
      obtain: overPairs,
    },
    {
      id: 'depth',
      by: 'source',
      statement:
        'Layers at constant a < 1 shrink representations: 1 − ρ_L of sample pairs, last depth over first',
      where: '§4.1, fig. 2a',
      expected: below(1),
      obtain: change(0),
    },
    {
      id: 'slope',
      by: 'source',
      statement: 'So does a smaller a at constant depth: 1 − ρ_L of sample pairs, largest a over a = 0',
      where: '§4.1, fig. 2b',
      expected: above(1),
      obtain: change(1),
    },
    {
      id: 'rate',
      by: 'source',
      statement:
        '1 − ρ_L of ReLU falls like a power of L faster than the bound’s: exponent at infinite width',
      where: '§5.1, O(L^−2); to 2 %',
      expected: value(-2, 0.04),
      obtain: rate,
    },
  ],
  figures,
};

export default fig2;
