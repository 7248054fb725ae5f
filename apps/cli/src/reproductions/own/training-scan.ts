/**
 * Does training do best on a boundary? Validation loss after a fixed budget of steps against σ_w², across the boundaries of
 * theory, for He, ACI and RAAI.
 *
 * The optimiser and the values of σ_w² were chosen after short trials on the same task and seed: with SGD the lowest loss lies
 * inside a range, which the values then cover; with Adam, after 200 and 300 steps of 3 or 4 networks, all three schemes did
 * best at the smallest σ_w² that was tried, far below any boundary.
 */

import {
  cite,
  type Claim,
  type JsonObject,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
  type ReproductionStep,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries, type CurvesPanel } from '@meanfield/figures';

import { boundaryResult } from '../../report/results.js';
import { QUICK_BACKEND } from '../quick-backend.js';
import { nothing, resultIn } from '../readings.js';
import { overNetworks } from '../training-readings.js';
import { lowestLoss, scannedLosses } from './lowest-loss.js';
import { meanfield } from './source.js';

const WIDTH = 660;
const WEIGHT = 'weight variance $σ_w^2$';
const LOWEST = 'lowest loss, by parabola';

type Boundary = 'length' | 'correlation';

interface Scheme {
  /** Id of its step, name of its initializer */
  readonly id: string;
  readonly label: string;
  readonly weightVariance: readonly number[];
  /** Those of He are one */
  readonly boundaries: readonly Boundary[];
}

const SCHEMES: readonly Scheme[] = [
  {
    id: 'he',
    label: 'He',
    weightVariance: [0.7, 0.85, 1, 1.2, 1.4, 1.7, 2, 2.4, 2.8],
    boundaries: ['length'],
  },
  {
    id: 'aci',
    label: 'ACI',
    weightVariance: [0.8, 1, 1.2, 1.45, 1.7, 2, 2.4, 2.9, 3.4],
    boundaries: ['correlation', 'length'],
  },
  {
    id: 'raai',
    label: 'RAAI',
    weightVariance: [0.1, 0.15, 0.22, 0.32, 0.46, 0.65, 0.9, 1.2, 1.5],
    boundaries: ['correlation', 'length'],
  },
];

const OPTIONS: Readonly<Record<Size, JsonObject>> = {
  quick: {
    task: {
      name: 'teacher-student',
      options: { examples: 4000, validationExamples: 500, inputSize: 50, outputSize: 50, width: 50 },
    },
    backend: QUICK_BACKEND,
    batchSize: 200,
    networks: 5,
    evaluations: 9,
    steps: 400,
  },
  full: { task: 'teacher-student', networks: 20, evaluations: 30, epochs: 1000 },
};

/** σ_w² of a minimum this close to a boundary, relative to it, counts as lying on it. */
const NEAR = 0.05;

/** σ_w² of a boundary, by theory. */
function boundaryOf(outcomes: Outcomes, { id }: Scheme, which: Boundary): number | null {
  return resultIn(boundaryResult, outcomes, 'boundaries', id)?.[which] ?? null;
}

const WORDS: Readonly<Record<Boundary, string>> = {
  length: 'where lengths begin to diverge',
  correlation: 'where close signals begin to part',
};

const onBoundary = (scheme: Scheme, which: Boundary): Claim => ({
  id: `${scheme.id}-${which}`,
  by: 'theory',
  statement: `training of ${scheme.label} does best ${scheme.boundaries.length === 1 ? 'on its only boundary' : WORDS[which]}: σ_w² of the lowest validation loss`,
  where: `a hypothesis: boundary of infinite width, ± ${NEAR * 100} %; vertex of a parabola through five points of the scan, SGD`,
  expected: (outcomes) => {
    const at = boundaryOf(outcomes, scheme, which);
    return at === null ? null : { kind: 'value', value: at, precision: NEAR * at };
  },
  obtain: (outcomes) => {
    const losses = scannedLosses(outcomes, scheme.id).at(-1);
    if (losses === undefined) return nothing('the trainings are not complete');
    const lowest = lowestLoss(losses);
    if (lowest === null) return nothing('the losses have no minimum inside the scan');
    return { ...lowest, remark: `${losses.points[0]?.losses.length ?? 0} networks, ${losses.step} steps` };
  },
});

interface Range {
  readonly low: number;
  readonly high: number;
}

/** A little more than the values, on a log axis. */
function around(values: readonly number[]): Range {
  const margin = 1.06;
  return { low: Math.min(...values) / margin, high: Math.max(...values) * margin };
}

const LINES: Readonly<Record<Boundary, Pick<CurveSeries, 'label' | 'style' | 'dash'>>> = {
  length: { label: 'lengths diverge', style: 1, dash: 'dashed' },
  correlation: { label: '$c$ = 1 loses its stability', style: 2, dash: 'dotted' },
};

/** A line at each boundary of a scheme. */
const boundaryLines = (
  outcomes: Outcomes,
  scheme: Scheme,
  line: (at: number) => Pick<CurveSeries, 'x' | 'y'>,
): CurveSeries[] =>
  scheme.boundaries.flatMap((which) => {
    const at = boundaryOf(outcomes, scheme, which);
    return at === null ? [] : [{ ...LINES[which], ...line(at) }];
  });

/** Mean loss against σ_w² after all steps, with the minimum and the boundaries. */
function lossPanel(outcomes: Outcomes, scheme: Scheme): CurvesPanel[] {
  const losses = scannedLosses(outcomes, scheme.id).at(-1);
  if (losses === undefined || losses.points.length === 0) return [];
  const x = losses.points.map(({ weightVariance }) => weightVariance);
  const means = losses.points.map((point) => overNetworks(point.losses));
  const y = means.map(({ value }) => value);
  const lowest = lowestLoss(losses);
  const { low, high } = around(y);
  return [
    {
      title: scheme.label,
      x: { label: WEIGHT, scale: 'log' },
      y: { label: 'validation loss', scale: 'log', domain: [low, high] },
      series: [
        { label: 'mean loss', x, y, stderr: means.map(({ stderr }) => stderr), style: 0 },
        ...(lowest === null
          ? []
          : [{ label: LOWEST, x: [lowest.value], y: [Math.min(...y)], draw: 'markers' as const, style: 6 }]),
        ...boundaryLines(outcomes, scheme, (at) => ({ x: [at, at], y: [low, high] })),
      ],
    },
  ];
}

/** σ_w² of the minimum against the steps spent, where the scan has one inside it. */
function budgetPanel(outcomes: Outcomes, scheme: Scheme): CurvesPanel[] {
  const all = scannedLosses(outcomes, scheme.id);
  const found = all.flatMap((losses) => {
    const lowest = lowestLoss(losses);
    return lowest === null ? [] : [{ step: losses.step, ...lowest }];
  });
  const [first, last] = [all[0]?.step, all.at(-1)?.step];
  if (found.length === 0 || first === undefined || last === undefined) return [];
  return [
    {
      title: scheme.label,
      x: { label: 'steps', scale: 'log' },
      y: { label: WEIGHT, scale: 'log' },
      series: [
        {
          label: LOWEST,
          x: found.map(({ step }) => step),
          y: found.map(({ value }) => value),
          stderr: found.map(({ stderr }) => stderr),
          draw: 'markers',
          style: 6,
        },
        ...boundaryLines(outcomes, scheme, (at) => ({ x: [first, last], y: [at, at] })),
      ],
    },
  ];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const options = outcomes(SCHEMES[0]!.id)[0]?.options;
  if (options === undefined) return [];
  const of = `${Number(options['networks'])} networks of every scheme at every σ_w², the same data and random numbers for all`;
  const drawn = [
    {
      name: 'training-scan',
      panels: SCHEMES.flatMap((scheme) => lossPanel(outcomes, scheme)),
      caption:
        `Validation loss after all steps of SGD: mean over ${of}; bands of two standard errors over networks, which mostly show ` +
        'how networks differ at every σ_w² alike. Values of σ_w² at which a network diverged are left ' +
        'out. Vertical lines are the boundaries of infinite width.',
    },
    {
      name: 'training-scan-steps',
      panels: SCHEMES.flatMap((scheme) => budgetPanel(outcomes, scheme)),
      caption:
        `Where the loss is lowest after fewer steps: ${of}; bars of two standard errors (jackknife over networks). Budgets ` +
        'with no minimum inside the scan are left out. Horizontal lines are the boundaries of infinite width.',
    },
  ];
  return drawn.flatMap(({ name, panels, caption }) =>
    panels.length === 0 ? [] : [{ name, svg: curvesFigure({ width: WIDTH, panels }), caption }],
  );
}

const trainingScan: Reproduction = {
  id: 'meanfield/training-scan',
  title: 'Does training do best on a boundary? Loss after a fixed budget against σ_w²',
  source: cite(meanfield),
  cost: {
    quick: '95 s of CPU time: 10 layers of 50, 5 networks, 27 values of σ_w², 400 steps of 200 examples',
    full: '5.4 · 10⁷ network-steps of 10 layers of 100: at 200 a second, 3 days; it can be stopped and goes on',
  },
  steps: (size) => [
    {
      id: 'boundaries',
      title: 'Boundaries of infinite width',
      experiment: 'boundary',
      options: {},
      over: { initializer: SCHEMES.map(({ id }) => id) },
      labels: { initializer: SCHEMES.map(({ id }) => id) },
    },
    ...SCHEMES.map(({ id, label, weightVariance }): ReproductionStep => {
      return {
        id,
        title: label,
        experiment: 'training',
        options: { ...OPTIONS[size], optimizer: 'sgd', networkCurves: true },
        over: { initializer: weightVariance.map((at) => ({ name: id, options: { weightVariance: at } })) },
      };
    }),
  ],
  claims: SCHEMES.flatMap((scheme) => scheme.boundaries.map((which) => onBoundary(scheme, which))),
  figures,
};

export default trainingScan;
