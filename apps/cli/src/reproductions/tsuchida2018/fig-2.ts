import {
  cite,
  tsuchida2018,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { curvesFigure, type CurvesPanel } from '@meanfield/figures';

import { below, value } from '../readings.js';
import {
  generalisedNormal,
  initializerOf,
  kernelsOf,
  largestOffset,
  measuredSeries,
  meanOffset,
  NORMAL,
  plain,
  student,
  theorySeries,
  UNIFORM,
  type Law,
} from './kernels.js';

const STEP = 'kernels';
const ROTATED: readonly Law[] = [student(3), student(5), student(20)];
const INDEPENDENT: readonly Law[] = [
  generalisedNormal(0.5),
  generalisedNormal(1),
  generalisedNormal(4),
  UNIFORM,
];
const LAWS: readonly Law[] = [NORMAL, ...ROTATED, ...INDEPENDENT];
const WIDTH = 660;

/** What can be read from the curves of the figure */
const PRECISION = 0.01;
const FARTHEST = 0.05;

function panelOf(outcomes: Outcomes, title: string, laws: readonly Law[]): CurvesPanel[] {
  const found = laws.flatMap((law) => {
    const kernels = kernelsOf(outcomes, STEP, law);
    const [layer] = kernels?.layers ?? [];
    return kernels === undefined || layer === undefined ? [] : [{ law, kernels, layer }];
  });
  const [first] = found;
  if (first === undefined) return [];
  return [
    {
      title,
      x: { label: '$θ_0$', domain: [0, Math.PI] },
      y: { label: 'cos $θ_1$' },
      series: [
        theorySeries('arc-cosine kernel', first.kernels, first.layer),
        ...found.map(({ law, kernels, layer }) => measuredSeries(law.label, kernels, layer)),
      ],
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = [
    ...panelOf(outcomes, 'normal weights, as in the source', [NORMAL]),
    ...panelOf(outcomes, 'multivariate $t$', ROTATED),
    ...panelOf(outcomes, 'generalised normal', INDEPENDENT),
  ];
  if (panels.length === 0) return [];
  const networks = Number(outcomes(STEP)[0]?.options['networks']);
  const caption =
    `Cosine between the signals of two inputs behind one layer of 1000 ReLU neurons, by the angle θ₀ of the inputs: means ` +
    `over ${networks} networks with bars of two standard errors, and the normalised arc-cosine kernel. The source shows normal weights alone.`;
  return [{ name: 'fig-2', svg: curvesFigure({ width: WIDTH, panels }), caption }];
}

const lawClaims = (law: Law): readonly Claim[] => [
  {
    id: `${law.id}-mean`,
    by: 'source',
    statement: `${plain(law)}: cos θ₁ follows the arc-cosine kernel; mean distance over angles`,
    where: `fig. 2, cor. 3 and 7; ± ${PRECISION}, as the figure can be read`,
    expected: value(0, PRECISION),
    obtain: meanOffset(STEP, law, 1),
  },
  {
    id: `${law.id}-largest`,
    by: 'source',
    statement: `${plain(law)}: cos θ₁ follows the arc-cosine kernel at every angle; largest distance`,
    where: `fig. 2, cor. 3 and 7; read as at most ${FARTHEST}`,
    expected: below(FARTHEST),
    obtain: largestOffset(STEP, law, 1),
  },
];

const fig2: Reproduction = {
  id: 'tsuchida2018/fig-2',
  title: 'Kernel of one ReLU layer with weights of many laws, against the angle',
  source: cite(tsuchida2018, 'fig. 2'),
  cost: { quick: '25 s of CPU time, 10 networks a law', full: '4 min of CPU time, 100 networks a law' },
  steps: (size) => [
    {
      id: STEP,
      title: 'One layer of 1000 neurons',
      experiment: 'kernel-samples',
      options: {
        activation: 'relu',
        width: 1000,
        depths: [1],
        angles: 25,
        networks: size === 'full' ? 100 : 10,
      },
      over: { initializer: LAWS.map((law) => initializerOf(law, 0)) },
      labels: { initializer: LAWS.map(({ label }) => label) },
    },
  ],
  claims: LAWS.flatMap(lawClaims),
  figures,
};

export default fig2;
