import {
  cite,
  tsuchida2018,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries } from '@meanfield/figures';
import { z } from 'zod';

import { below, nothing, resultIn } from '../readings.js';

const SIDES = [4, 5, 7, 10, 14, 20, 28];
const WIDTH = 400;
const TASKS = [
  { name: 'mnist', label: 'MNIST' },
  { name: 'fashion-mnist', label: 'Fashion-MNIST' },
] as const;
type DataSet = (typeof TASKS)[number];

const concentrationResult = z.looseObject({
  images: z.number(),
  sizes: z.array(
    z.looseObject({ dimension: z.number(), mean: z.number(), deviation: z.number(), stderr: z.number() }),
  ),
});
type Concentration = z.output<typeof concentrationResult>;

const concentrationOf = (outcomes: Outcomes, { label }: DataSet): Concentration | undefined =>
  resultIn(concentrationResult, outcomes, 'images', label);

/** ln of the ratio of m max |x_i/‖x‖|⁴ in the largest images to that at the dimension `from`. */
const fall =
  (set: DataSet, from: number): Claim['obtain'] =>
  (outcomes) => {
    const sizes = concentrationOf(outcomes, set)?.sizes ?? [];
    const [small, large] = [sizes.find(({ dimension }) => dimension === from), sizes.at(-1)];
    if (small === undefined || large === undefined) return nothing(`${set.label} is not there`);
    return {
      value: Math.log(large.mean / small.mean),
      // The same images at both sizes: their errors are alike, so that this is no less than the error.
      stderr: Math.hypot(large.stderr / large.mean, small.stderr / small.mean),
      remark: `${small.mean.toPrecision(3)} at m = ${from}, ${large.mean.toPrecision(3)} at m = ${large.dimension}`,
    };
  };

const claimsOf = (set: DataSet): readonly Claim[] =>
  [16, 196].map((from) => ({
    id: `${set.name}-from-${from}`,
    by: 'source',
    statement: `${set.label}: m max |x_i/‖x‖|⁴ falls as the dimension grows; ln of its ratio from m = ${from} to 784`,
    where: 'fig. 6, on other data; read as below 0',
    expected: below(0),
    obtain: fall(set, from),
  }));

function seriesOf(set: DataSet, { sizes }: Concentration): CurveSeries {
  return {
    label: set.label,
    x: sizes.map(({ dimension }) => dimension),
    y: sizes.map(({ mean }) => mean),
    range: {
      low: sizes.map(({ mean }) => mean),
      high: sizes.map(({ mean, deviation }) => mean + deviation),
    },
  };
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const series = TASKS.flatMap((set) => {
    const found = concentrationOf(outcomes, set);
    return found === undefined ? [] : [seriesOf(set, found)];
  });
  if (series.length === 0) return [];
  const svg = curvesFigure({
    width: WIDTH,
    notes: ['bands: one deviation over images, upwards', 'in place of CelebA and CHiME'],
    panels: [
      {
        x: { label: 'dimension $m$', scale: 'log' },
        y: { label: '$m$ max |$x_i$/‖$x$‖|$^4$', scale: 'log' },
        series,
      },
    ],
  });
  const images = Number(outcomes('images')[0]?.options['images']);
  const caption =
    `Hypothesis 5 on ${images} images of MNIST and Fashion-MNIST, in place of the source’s CelebA and CHiME: mean of ` +
    `m max |x_i/‖x‖|⁴ and one deviation over images towards the worse. Images are shrunk by averages over areas, in place of bicubic interpolation.`;
  return [{ name: 'fig-6', svg, caption }];
}

const fig6: Reproduction = {
  id: 'tsuchida2018/fig-6',
  title:
    'How far single pixels dominate images, by resolution (MNIST and Fashion-MNIST in place of CelebA and CHiME)',
  source: cite(tsuchida2018, 'fig. 6'),
  cost: { quick: '7 s of CPU time, 1000 images', full: '30 s of CPU time, 10,000 images' },
  steps: (size) => [
    {
      id: 'images',
      title: 'Images',
      experiment: 'coordinate-concentration',
      // Images may not be had; then there is nothing to judge.
      optional: true,
      options: { sides: SIDES, images: size === 'full' ? 10_000 : 1000 },
      over: { task: TASKS.map(({ name }) => name) },
      labels: { task: TASKS.map(({ label }) => label) },
    },
  ],
  claims: TASKS.flatMap(claimsOf),
  figures,
};

export default fig6;
