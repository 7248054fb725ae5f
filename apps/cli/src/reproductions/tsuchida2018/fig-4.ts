import {
  cite,
  tsuchida2018,
  type Claim,
  type Json,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurvesPanel } from '@meanfield/figures';

import { above, value } from '../readings.js';
import {
  fromLayer,
  generalisedNormal,
  initializerOf,
  kernelsOf,
  measuredSeries,
  meanOffset,
  plain,
  student,
  theorySeries,
  UNIFORM,
  type Law,
} from './kernels.js';

const SLOPE = 0.2;
const INDEPENDENT: readonly Law[] = [generalisedNormal(0.5), generalisedNormal(1), UNIFORM];
const ROTATED: readonly Law[] = [student(3), student(10), student(100)];
const DEPTHS = [1, 2, 4, 8, 16, 32, 64, 128];
const DEEPEST = 128;
const WIDTH = 660;
/** What can be read from the curves of the figure */
const PRECISION = 0.02;

interface Panel {
  /** Letter of the panel, and id of its step */
  readonly id: 'a' | 'b' | 'c' | 'd';
  readonly title: string;
  readonly activation: Json;
  readonly slope: number;
  readonly laws: readonly Law[];
}

const leaky: Json = { name: 'leaky-relu', options: { negativeSlope: SLOPE } };
const PANELS: readonly Panel[] = [
  { id: 'a', title: 'ReLU, generalised normal', activation: 'relu', slope: 0, laws: INDEPENDENT },
  { id: 'b', title: 'leaky ReLU, generalised normal', activation: leaky, slope: SLOPE, laws: INDEPENDENT },
  { id: 'c', title: 'ReLU, multivariate $t$', activation: 'relu', slope: 0, laws: ROTATED },
  { id: 'd', title: 'leaky ReLU, multivariate $t$', activation: leaky, slope: SLOPE, laws: ROTATED },
];

/** Weights of independent laws have to be drawn one by one; signals of t need none. */
function sizeOf({ id }: Panel, size: Size): { readonly width: number; readonly networks: number } {
  if (size === 'full') return { width: 1000, networks: 20 };
  return id === 'c' || id === 'd' ? { width: 1000, networks: 4 } : { width: 160, networks: 4 };
}

const named = (panel: Panel, law: Law): string =>
  `${panel.title.replaceAll('$', '').split(',')[0]}, ${plain(law)}`;

function panelFigure(outcomes: Outcomes, { id, title, laws }: Panel): CurvesPanel[] {
  const found = laws.flatMap((law) => {
    const kernels = kernelsOf(outcomes, id, law);
    return kernels === undefined ? [] : [{ law, kernels }];
  });
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      title,
      x: { label: '$θ_0$', domain: [0, Math.PI] },
      y: { label: 'cos $θ_j$', domain: [-0.4, 1.02] },
      series: [
        ...first.kernels.layers.map((layer) => ({
          ...theorySeries('infinite width', first.kernels, layer),
          style: 0,
        })),
        ...found.flatMap(({ law, kernels }, at) =>
          kernels.layers.map((layer) => ({
            ...measuredSeries(law.label, kernels, layer),
            style: 1 + at + (id === 'c' || id === 'd' ? INDEPENDENT.length : 0),
          })),
        ),
      ],
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = PANELS.flatMap((panel) => panelFigure(outcomes, panel));
  if (panels.length === 0) return [];
  const widths = PANELS.map(({ id }) => Number(outcomes(id)[0]?.options['width']));
  const caption =
    `Cosine between the signals of two inputs behind layer j = ${DEPTHS.join(', ')} (upwards), by the angle θ₀ of the inputs: means ` +
    `over networks with bars of two standard errors, and infinite width. Leaky ReLU has slope ${SLOPE}; widths of the panels are ` +
    `${widths.join(', ')}.`;
  return [{ name: 'fig-4', svg: curvesFigure({ width: WIDTH, panels }), caption }];
}

const lawClaims = (panel: Panel, law: Law): readonly Claim[] =>
  [1, DEEPEST].map((depth) => ({
    id: `${panel.id}-${law.id}-${depth}`,
    by: 'source',
    statement: `${named(panel, law)}: cos θ_j follows the kernel of depth ${depth}; mean distance over angles`,
    where: `fig. 4${panel.id}, cor. 3, 4, 7 and 13; ± ${PRECISION}, as the figure can be read`,
    expected: value(0, PRECISION),
    obtain: meanOffset(panel.id, law, depth),
  }));

/** Finite width and heavy tails show where 1 − cos is small. */
const gapClaim = (panel: Panel, law: Law): Claim => ({
  id: `${panel.id}-${law.id}-gap`,
  by: 'theory',
  statement: `${named(panel, law)}: 1 − cos θ_j of depth ${DEEPEST} over that of infinite width, at θ₀ = π`,
  where: 'infinite width, ± 0.1; heavy tails leave few neurons of a layer that count',
  expected: value(1, 0.1),
  obtain: fromLayer(panel.id, law, DEEPEST, ({ cosine, stderr, theory }) => {
    const expected = 1 - theory.at(-1)!;
    const [mean, error] = [cosine.at(-1) ?? null, stderr.at(-1) ?? null];
    return {
      value: mean === null ? null : (1 - mean) / expected,
      stderr: error === null ? null : error / expected,
    };
  }),
});

const fixedPointClaim = (panel: Panel): Claim => ({
  id: `${panel.id}-fixed-point`,
  by: 'source',
  statement: `${named(panel, panel.laws[1]!)}: angles approach 0 with depth; cos θ_j of depth ${DEEPEST} at θ₀ = π`,
  where: `fig. 4${panel.id}, cor. 8; read as above 0.95`,
  expected: above(0.95),
  obtain: fromLayer(panel.id, panel.laws[1]!, DEEPEST, ({ cosine, stderr }) => ({
    value: cosine.at(-1) ?? null,
    stderr: stderr.at(-1) ?? null,
  })),
});

const fig4: Reproduction = {
  id: 'tsuchida2018/fig-4',
  title: 'Kernels of ReLU and leaky ReLU networks of 1 to 128 layers with weights of many laws',
  source: cite(tsuchida2018, 'fig. 4'),
  cost: {
    quick: '50 s of CPU time; panels a and b at width 160',
    full: '90 min of CPU time, width 1000, 20 networks a law',
  },
  steps: (size) =>
    PANELS.map((panel) => ({
      id: panel.id,
      title: panel.title.replaceAll('$', ''),
      experiment: 'kernel-samples',
      options: { activation: panel.activation, depths: DEPTHS, angles: 13, ...sizeOf(panel, size) },
      over: { initializer: panel.laws.map((law) => initializerOf(law, panel.slope)) },
      labels: { initializer: panel.laws.map(({ label }) => label) },
    })),
  claims: PANELS.flatMap((panel) => [
    ...panel.laws.flatMap((law) => lawClaims(panel, law)),
    fixedPointClaim(panel),
    gapClaim(panel, panel.laws[0]!),
  ]),
  figures,
};

export default fig4;
