import {
  cite,
  yarotsky,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurvesPanel } from '@meanfield/figures';
import { z } from 'zod';

import { QUICK_BACKEND } from '../quick-backend.js';
import { above, nothing, resultIn, value } from '../readings.js';

const ACTIVATIONS = [
  { name: 'relu', label: 'ReLU' },
  { name: 'tanh', label: 'tanh' },
] as const;
type Activation = (typeof ACTIVATIONS)[number];
const [RELU] = ACTIVATIONS;

/** What the table has: lowest accuracies and their spread, in percent */
const PRINTED = {
  segment: { train: [96.54, 0.4], test: [95.87, 0.4] },
  arc: { train: [97.89, 0.11], test: [97.03, 0.14] },
} as const;
const PATHS = ['segment', 'arc'] as const;
type Path = (typeof PATHS)[number];
const SPLITS = ['train', 'test'] as const;
type Split = (typeof SPLITS)[number];
const WIDTH = 560;

const estimate = z.looseObject({ mean: z.number(), stderr: z.number() });
const curve = z.looseObject({
  mean: z.array(z.number()),
  stderr: z.array(z.number()),
  lowest: estimate,
});
const path = z.looseObject({ train: curve, test: curve, middle: estimate });
const pathsResult = z.looseObject({
  t: z.array(z.number()),
  segment: path,
  arc: path,
  gain: z.looseObject({ train: estimate, test: estimate }),
});
type Paths = z.output<typeof pathsResult>;

const pathsOf = (outcomes: Outcomes, { label }: Activation): Paths | undefined =>
  resultIn(pathsResult, outcomes, 'paths', label);

const reading =
  (activation: Activation, read: (paths: Paths) => z.output<typeof estimate>, scale = 1): Claim['obtain'] =>
  (outcomes) => {
    const found = pathsOf(outcomes, activation);
    if (found === undefined) return nothing('the trainings are not there');
    const { mean, stderr } = read(found);
    return { value: scale * mean, stderr: scale * stderr };
  };

const middleClaims: readonly Claim[] = (
  [
    ['segment', 0.5],
    ['arc', 1],
  ] as const
).map(([which, share]) => ({
  id: `middle-${which}`,
  by: 'source',
  statement: `${which}: mean square of the hidden layer’s weights halfway over that of the ends, ${RELU.label}`,
  where: `main example: t² + (1 − t)² for the segment, kept by the arc; ± 0.05, since trained weights are not quite independent`,
  expected: value(share, 0.05),
  obtain: reading(RELU, (paths) => paths[which].middle),
}));

const gainClaims: readonly Claim[] = ACTIVATIONS.flatMap((activation) =>
  SPLITS.map((split): Claim => ({
    id: `gain-${activation.name}-${split}`,
    by: 'source',
    statement: `the arc’s lowest ${split} accuracy is above the segment’s, ${activation.label}; difference in percent`,
    where: 'lowest accuracy of connection, MNIST; read as above 0. The activation is not told',
    expected: above(0),
    obtain: reading(activation, ({ gain }) => gain[split], 100),
  })),
);

/** Both paths take parameters through the same directions, and directions are all that homogeneous networks tell classes by. */
const homogeneousClaim: Claim = {
  id: 'gain-homogeneous',
  by: 'theory',
  statement:
    'arc and segment have the same lowest test accuracy for homogeneous activations; difference in percent, ReLU',
  where: 'exact but for the output layer’s biases and the values of t; ± 0.3',
  expected: value(0, 0.3),
  obtain: reading(RELU, ({ gain }) => gain.test, 100),
};

/** Networks of the quick size know a tenth of the training images. */
const isFull = (outcomes: Outcomes): boolean =>
  Number(outcomes('paths')[0]?.options['epochs']) >= FULL_EPOCHS;
const FULL_EPOCHS = 20;
/** Units of the hidden layer */
const WIDTHS: Readonly<Record<Size, number>> = { quick: 200, full: 2000 };

const lowestClaims: readonly Claim[] = ACTIVATIONS.flatMap((activation) =>
  PATHS.flatMap((which: Path) =>
    SPLITS.map((split: Split): Claim => {
      const [percent, spread] = PRINTED[which][split];
      return {
        id: `lowest-${activation.name}-${which}-${split}`,
        by: 'source',
        statement: `lowest ${split} accuracy along the ${which} in percent, ${activation.label}`,
        where: `lowest accuracy of connection, MNIST, ± its spread; width, activation and training are not told`,
        expected: (outcomes) =>
          isFull(outcomes) ? { kind: 'value', value: percent, precision: spread } : null,
        obtain: reading(activation, (paths) => paths[which][split].lowest, 100),
      };
    }),
  ),
);

function panelsOf(outcomes: Outcomes, activation: Activation): CurvesPanel[] {
  const found = pathsOf(outcomes, activation);
  if (found === undefined) return [];
  return [
    {
      title: activation.label,
      x: { label: '$t$' },
      y: { label: 'accuracy' },
      series: PATHS.flatMap((which) =>
        SPLITS.map((split) => {
          const { mean, stderr } = found[which][split];
          return { label: `${which}, ${split}`, x: found.t, y: mean, stderr };
        }),
      ),
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const panels = ACTIVATIONS.flatMap((activation) => panelsOf(outcomes, activation));
  if (panels.length === 0) return [];
  const { networks } = outcomes('paths')[0]!.options;
  const caption =
    `Accuracy on MNIST along the segment (1 − t) A + t B and the arc cos(πt/2) A + sin(πt/2) B between two trained networks of one ` +
    `hidden layer of ${WIDTHS[isFull(outcomes) ? 'full' : 'quick']}: means over ${Number(networks) / 2} pairs with bands of two standard errors. At the quick size the test images are held out of the training set. The source gives the lowest values alone.`;
  return [{ name: 'paths', svg: curvesFigure({ width: WIDTH, panels }), caption }];
}

const paths: Reproduction = {
  id: 'yarotsky/paths',
  title: 'Accuracy along an arc and a segment between trained networks, MNIST',
  source: cite(yarotsky, 'lowest accuracy of connection'),
  cost: {
    quick: '45 s of CPU time: hidden layers of 200, 5000 images, 3 pairs of networks',
    full: '3 h of CPU time: hidden layers of 2000, 60,000 images, 5 pairs of networks',
  },
  steps: (size) => [
    {
      id: 'paths',
      title: 'Networks and what lies between them',
      experiment: 'connecting-paths',
      // Images may not be had; then there is nothing to judge.
      optional: true,
      options:
        size === 'full'
          ? { task: 'mnist', networks: 10, hiddenWidths: [WIDTHS.full], epochs: FULL_EPOCHS, points: 21 }
          : {
              task: { name: 'mnist', options: { trainingExamples: 5000, validation: 2000 } },
              backend: QUICK_BACKEND,
              networks: 6,
              hiddenWidths: [WIDTHS.quick],
              epochs: 5,
              points: 9,
            },
      over: { activation: ACTIVATIONS.map(({ name }) => name) },
      labels: { activation: ACTIVATIONS.map(({ label }) => label) },
    },
  ],
  claims: [...middleClaims, ...gainClaims, homogeneousClaim, ...lowestClaims],
  figures,
};

export default paths;
