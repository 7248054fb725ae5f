import {
  cite,
  yarotsky,
  type Claim,
  type Outcomes,
  type ReproducedFigure,
  type Reproduction,
  type Size,
} from '@meanfield/core';
import { curvesFigure, type CurveSeries } from '@meanfield/figures';
import { z } from 'zod';

import { resultOf } from '../../report/results.js';
import { above, nothing, value } from '../readings.js';

/** A row of the tables: k, share of runs, average smallest eigenvalue and average objective of what they end in */
type Row = readonly [teachers: number, percent: number, eigenvalue: number, objective: number];

interface Table {
  /** Id of its step */
  readonly id: string;
  readonly label: string;
  /** n − k */
  readonly extra: number;
  readonly rows: readonly Row[];
  /** k at the quick size */
  readonly quick: readonly number[];
}

const EQUAL: Table = {
  id: 'equal',
  label: '$n$ = $k$',
  extra: 0,
  rows: [
    [6, 0.3, 0.0047, 0.025],
    [7, 5.5, 0.014, 0.023],
    [8, 12.6, 0.021, 0.021],
    [9, 21.8, 0.027, 0.02],
    [10, 34.6, 0.03, 0.022],
    [11, 45.5, 0.034, 0.022],
    [12, 58.5, 0.035, 0.021],
    [13, 73, 0.037, 0.022],
    [14, 73.6, 0.038, 0.023],
    [15, 80.3, 0.038, 0.024],
    [16, 85.1, 0.038, 0.027],
    [17, 89.7, 0.039, 0.027],
    [18, 90, 0.039, 0.029],
    [19, 93.4, 0.038, 0.031],
    [20, 94, 0.038, 0.033],
  ],
  quick: [6, 8, 10, 12, 15],
};
const LARGER: Table = {
  id: 'larger',
  label: '$n$ = $k$ + 1',
  extra: 1,
  rows: [
    [8, 0.1, 0.0059, 0.021],
    [10, 0.1, 0.0057, 0.018],
    [11, 0.1, 0.0056, 0.017],
    [12, 0.3, 0.0054, 0.016],
    [13, 1.5, 0.0015, 0.038],
    [14, 5.5, 0.002, 0.033],
    [15, 10.1, 0.004, 0.032],
    [16, 18, 0.0055, 0.031],
    [17, 20.9, 0.007, 0.031],
    [18, 36.9, 0.0064, 0.028],
    [19, 49.1, 0.0077, 0.027],
  ],
  quick: [8, 15],
};
const TABLES = [EQUAL, LARGER] as const;
const RUNS: Readonly<Record<Size, number>> = { quick: 60, full: 1000 };
const WIDTH = 380;

const estimate = z.looseObject({ mean: z.number(), stderr: z.number().nullable() });
const minimaResult = z.looseObject({
  runs: z.number(),
  spurious: z.number(),
  unsettled: z.number(),
  share: estimate.nullable(),
  value: estimate.nullable(),
  curvature: estimate.nullable(),
});
type Minima = z.output<typeof minimaResult>;

function minimaOf(outcomes: Outcomes, { id }: Table, teachers: number): Minima | undefined {
  const cell = outcomes(id).find(({ options }) => options['teachers'] === teachers);
  return cell === undefined ? undefined : resultOf(minimaResult, cell.record);
}

const reading =
  (table: Table, teachers: number, which: 'share' | 'value' | 'curvature', scale = 1): Claim['obtain'] =>
  (outcomes) => {
    const found = minimaOf(outcomes, table, teachers);
    if (found === undefined) return nothing('it is not run at this size');
    const { runs, spurious, unsettled } = found;
    const counted = `${spurious} of ${runs} runs${unsettled === 0 ? '' : `, ${unsettled} unsettled`}`;
    const read = found[which];
    if (read === null) return nothing(counted);
    const stderr = read.stderr === null ? null : scale * read.stderr;
    return { value: scale * read.mean, stderr, remark: counted };
  };

/** Runs of the source, as its shares of a tenth of a percent have it, at least */
const SOURCE_RUNS = 1000;
const HALF_DIGIT = 0.0005;
const sharePrecision = (share: number): number =>
  HALF_DIGIT + 2 * Math.sqrt((share * (1 - share)) / SOURCE_RUNS);

const sizesOf = ({ extra }: Table, teachers: number): string => `k = ${teachers}, n = ${teachers + extra}`;

const shareClaim =
  (table: Table) =>
  ([teachers, percent]: Row): Claim => ({
    id: `${table.id}-${teachers}`,
    by: 'source',
    statement: `${sizesOf(table, teachers)}: share of runs that end in a spurious minimum`,
    where: `tables of spurious minima, ± two standard errors of ${SOURCE_RUNS} runs; binomial error`,
    expected: value(percent / 100, sharePrecision(percent / 100)),
    obtain: reading(table, teachers, 'share'),
  });

/** The averages of the tables are those of half of the objective as the slides print it. */
const averageClaims =
  (table: Table) =>
  ([teachers, , eigenvalue, objective]: Row): readonly Claim[] => [
    {
      id: `${table.id}-${teachers}-objective`,
      by: 'source',
      statement: `${sizesOf(table, teachers)}: average objective of the spurious minima, E(…)²/2`,
      where: 'tables of spurious minima, to their last digit; the formula above them lacks the factor 1/2',
      expected: value(objective, HALF_DIGIT),
      obtain: reading(table, teachers, 'value', 0.5),
    },
    {
      id: `${table.id}-${teachers}-eigenvalue`,
      by: 'source',
      statement: `${sizesOf(table, teachers)}: average smallest eigenvalue of the Hessian of E(…)²/2`,
      where: 'tables of spurious minima, to their last digit; the formula above them lacks the factor 1/2',
      expected: value(eigenvalue, HALF_DIGIT),
      obtain: reading(table, teachers, 'curvature', 0.5),
    },
  ];

const difference =
  (one: readonly [Table, number], other: readonly [Table, number]): Claim['obtain'] =>
  (outcomes) => {
    const [first, second] = [minimaOf(outcomes, ...one)?.share, minimaOf(outcomes, ...other)?.share];
    if (!first || !second) return nothing('its experiments are not complete');
    return {
      value: first.mean - second.mean,
      stderr: Math.hypot(first.stderr ?? NaN, second.stderr ?? NaN),
    };
  };

const orderClaims: readonly Claim[] = [
  {
    id: 'larger-k',
    by: 'source',
    statement: 'more runs end in spurious minima at larger k: share at k = 15 less that at k = 8, n = k',
    where: 'dependence on n, k; read as above 0.3',
    expected: above(0.3),
    obtain: difference([EQUAL, 15], [EQUAL, 8]),
  },
  {
    id: 'one-more',
    by: 'source',
    statement: 'one unit more removes part of them: share at n = k = 15 less that at n = 16, k = 15',
    where: 'dependence on n, k; read as above 0.3',
    expected: above(0.3),
    obtain: difference([EQUAL, 15], [LARGER, 15]),
  },
];

function seriesOf(outcomes: Outcomes, table: Table, style: number): CurveSeries[] {
  const found = table.rows.flatMap(([teachers]) => {
    const share = minimaOf(outcomes, table, teachers)?.share;
    return share ? [{ teachers, share }] : [];
  });
  const printed: CurveSeries = {
    label: `${table.label}, source`,
    x: table.rows.map(([teachers]) => teachers),
    y: table.rows.map(([, percent]) => percent / 100),
    style,
  };
  if (found.length === 0) return [printed];
  const obtained: CurveSeries = {
    label: `${table.label}, obtained`,
    x: found.map(({ teachers }) => teachers),
    y: found.map(({ share }) => share.mean),
    stderr: found.map(({ share }) => share.stderr),
    draw: 'markers',
    style,
  };
  return [printed, obtained];
}

function figures(outcomes: Outcomes): readonly ReproducedFigure[] {
  const runs = Number(outcomes(EQUAL.id)[0]?.options['runs'] ?? 0);
  if (runs === 0) return [];
  const svg = curvesFigure({
    width: WIDTH,
    panels: [
      {
        x: { label: 'teacher’s units $k$', whole: true },
        y: { label: 'share of runs', domain: [0, 1] },
        series: TABLES.flatMap((table, style) => seriesOf(outcomes, table, style)),
      },
    ],
  });
  const caption =
    `Share of runs of gradient descent that end in a spurious minimum: ${runs} random starts a size, bars of two binomial errors, ` +
    'beside the tables of the source.';
  return [{ name: 'spurious-minima', svg, caption }];
}

const spuriousMinima: Reproduction = {
  id: 'yarotsky/spurious-minima',
  title: 'Share of runs of gradient descent that end in a spurious minimum',
  source: cite(yarotsky, 'spurious minima'),
  cost: {
    quick: '30 s of CPU time, 60 runs of seven sizes',
    full: '3 h of CPU time, 1000 runs of each size; it can be stopped and goes on',
  },
  steps: (size) =>
    TABLES.map((table) => ({
      id: table.id,
      title: table.label.replaceAll('$', ''),
      experiment: 'spurious-minima',
      options: { extra: table.extra, runs: RUNS[size] },
      over: { teachers: size === 'full' ? table.rows.map(([teachers]) => teachers) : table.quick },
    })),
  claims: [
    ...orderClaims,
    ...TABLES.flatMap((table) => [
      ...table.rows.map(shareClaim(table)),
      ...table.rows.filter(([teachers]) => teachers % 5 === 0).flatMap(averageClaims(table)),
    ]),
  ],
  figures,
};

export default spuriousMinima;
