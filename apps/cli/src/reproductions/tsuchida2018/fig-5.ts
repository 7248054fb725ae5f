import {
  cite,
  tsuchida2018,
  type Claim,
  type Json,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { curvesFigure, type CurvesPanel, type CurveSeries } from '@meanfield/figures';
import { z } from 'zod';

import { above, INCOMPLETE, resultIn, value } from '../readings.js';

const SLOPE = 0.2;
const DEPTHS = [1, 8, 32];
const DEEPEST = 32;
const WIDTH = 560;

const estimate = z.looseObject({ mean: z.number(), stderr: z.number() });
const normResult = z.looseObject({
  layers: z.array(
    z.looseObject({
      depth: z.number(),
      ratio: estimate,
      meanSquare: estimate,
      histogram: z.looseObject({ from: z.number(), step: z.number(), counts: z.array(z.number()) }),
    }),
  ),
});
type NormLayer = z.output<typeof normResult>['layers'][number];

/** He's variance 2/n is that of (10) for slope 0: both panels have the same random numbers. */
const SCHEMES = [
  { id: 'he', label: 'He: E[$W^2$] = 2/$n$', slope: 0 },
  { id: 'preserving', label: '(10): E[$W^2$] = 2/((1 + $a^2$) $n$)', slope: SLOPE },
] as const;
type Scheme = (typeof SCHEMES)[number];

const layersOf = (outcomes: Outcomes, { label }: Scheme): readonly NormLayer[] =>
  resultIn(normResult, outcomes, 'norms', label)?.layers ?? [];

/** The outline of a histogram, as a share of the inputs per unit of the ratio. */
function outline({ depth, histogram }: NormLayer): CurveSeries {
  const { from, step, counts } = histogram;
  const inputs = counts.reduce((sum, count) => sum + count, 0);
  const heights = counts.map((count) => count / (inputs * step));
  const edges = counts.flatMap((_, bin) => [from + bin * step, from + (bin + 1) * step]);
  return {
    label: `layer ${depth}`,
    x: [from, ...edges, edges.at(-1)!],
    y: [0, ...heights.flatMap((height) => [height, height]), 0],
    dash: 'solid',
  };
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = SCHEMES.flatMap((scheme): CurvesPanel[] => {
    const layers = layersOf(outcomes, scheme);
    if (layers.length === 0) return [];
    return [
      {
        title: scheme.label,
        x: { label: '‖$h_j$‖/‖$x$‖', domain: [0, 2.5] },
        y: { label: 'density over inputs' },
        series: layers.map(outline),
      },
    ];
  });
  if (panels.length === 0) return [];
  const { inputs, width } = outcomes('norms')[0]!.options;
  const caption =
    `Norm of the signal behind layer j over that of the input, for ${Number(inputs)} inputs from N(0, I) in one network of ` +
    `${Number(width)} leaky ReLU neurons a layer, slope ${SLOPE}. The source does not say which layers it shows; both panels have the same random numbers.`;
  return [{ name: 'fig-5', svg: curvesFigure({ width: WIDTH, panels }), caption }];
}

const reading =
  (scheme: Scheme, depth: number, which: 'ratio' | 'meanSquare'): Claim['obtain'] =>
  (outcomes) => {
    const layer = layersOf(outcomes, scheme).find((each) => each.depth === depth);
    if (layer === undefined) return INCOMPLETE;
    const { mean, stderr } = layer[which];
    return { value: mean, stderr };
  };

const preservedClaims = DEPTHS.map((depth): Claim => ({
  id: `preserving-${depth}`,
  by: 'source',
  statement: `(10): norms are approximately preserved; mean ‖h_j‖/‖x‖ in layer ${depth}`,
  where: 'fig. 5 right, cor. 10; read as 1 ± 0.2',
  expected: value(1, 0.2),
  obtain: reading(SCHEMES[1], depth, 'ratio'),
}));

const growthClaims = DEPTHS.map((depth): Claim => ({
  id: `he-${depth}-growth`,
  by: 'theory',
  statement: `He: mean (‖h_j‖/‖x‖)² in layer ${depth}`,
  where: '(1 + a²)^j, exact at any width',
  expected: value((1 + SLOPE ** 2) ** depth, 0),
  obtain: reading(SCHEMES[0], depth, 'meanSquare'),
}));

const initializerOf = ({ slope }: Scheme): Json => ({ name: 'norm-preserving', options: { slope } });

const fig5: Reproduction = {
  id: 'tsuchida2018/fig-5',
  title: 'Norms of signals under He’s initialisation and under the norm-preserving one',
  source: cite(tsuchida2018, 'fig. 5'),
  cost: {
    quick: '25 s of CPU time, 200 inputs, 8 networks',
    full: '30 min of CPU time, 1000 inputs, 40 networks',
  },
  steps: (size) => [
    {
      id: 'norms',
      title: 'Norms by layer',
      experiment: 'norm-ratios',
      options: {
        activation: { name: 'leaky-relu', options: { negativeSlope: SLOPE } },
        width: 1000,
        depths: DEPTHS,
        inputs: size === 'full' ? 1000 : 200,
        networks: size === 'full' ? 40 : 8,
        bins: size === 'full' ? 40 : 16,
      },
      over: { initializer: SCHEMES.map(initializerOf) },
      labels: { initializer: SCHEMES.map(({ label }) => label) },
    },
  ],
  claims: [
    {
      id: 'he-breaks-down',
      by: 'source',
      statement: `He: norms are not preserved at slope ${SLOPE}; mean ‖h_j‖/‖x‖ in layer ${DEEPEST}`,
      where: 'fig. 5 left, §6.2; read as above 1.2',
      expected: above(1.2),
      obtain: reading(SCHEMES[0], DEEPEST, 'ratio'),
    },
    ...preservedClaims,
    ...growthClaims,
  ],
  figures,
};

export default fig5;
