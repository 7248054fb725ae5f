/** Maps of one layer: what the figures of magnitudes and of correlations share. */

import type { Claim, Json, Outcomes, ReproducedFigure, ReproductionStep, Size } from '@meanfield/core';
import { curvesFigure, type CurvesPanel } from '@meanfield/figures';
import { z } from 'zod';

import { INCOMPLETE, nothing, resultIn } from '../readings.js';

const points = z.looseObject({
  from: z.array(z.number()),
  theory: z.array(z.number()),
  mean: z.array(z.number().nullable()),
  stderr: z.array(z.number().nullable()),
});
const outcome = z.union([z.number(), z.looseObject({ status: z.string() })]);
const mapsResult = z.looseObject({
  lengths: points,
  correlations: points.extend({ at: z.number() }),
  analysis: z.looseObject({ qStar: outcome, cStar: outcome, chi1: z.number(), phase: z.string() }),
});
type Maps = z.output<typeof mapsResult>;
export type MapName = 'lengths' | 'correlations';

export interface Layer {
  /** Lower-case words, unique in the reproduction */
  readonly id: string;
  readonly activation: string;
  readonly weightVariance: number;
  readonly biasVariance: number;
}

export const layer = (activation: string, weightVariance: number, biasVariance: number): Layer => ({
  id: `${activation}-${weightVariance}-${biasVariance}`.replaceAll('.', '-'),
  activation,
  weightVariance,
  biasVariance,
});

const initializerOf = ({ weightVariance, biasVariance }: Layer): Json => ({
  name: 'he',
  options: { weightVariance, biasVariance },
});
const labelOf = ({ weightVariance, biasVariance }: Layer): string =>
  `$α_w^2$ = ${weightVariance}, $α_h^2$ = ${biasVariance}`;

const NAMES: Readonly<Record<string, string>> = { tanh: 'tanh', relu: 'ReLU' };
export const words = ({ activation, weightVariance, biasVariance }: Layer): string =>
  `${NAMES[activation]}, α_w² = ${weightVariance}, α_h² = ${biasVariance}`;

const activationsOf = (layers: readonly Layer[]): readonly string[] => [
  ...new Set(layers.map(({ activation }) => activation)),
];

/** A step for each activation. */
export const mapSteps = (
  layers: readonly Layer[],
  size: Size,
  options: ReproductionStep['options'],
): readonly ReproductionStep[] =>
  activationsOf(layers).map((activation) => {
    const own = layers.filter((each) => each.activation === activation);
    return {
      id: activation,
      title: NAMES[activation] ?? activation,
      experiment: 'signal-maps',
      options: { activation, width: 1000, networks: size === 'full' ? 400 : 40, ...options },
      over: { initializer: own.map(initializerOf) },
      labels: { initializer: own.map(labelOf) },
    };
  });

const mapsOf = (outcomes: Outcomes, which: Layer): Maps | undefined =>
  resultIn(mapsResult, outcomes, which.activation, labelOf(which));

export const fromMaps =
  (which: Layer, read: (maps: Maps) => ReturnType<Claim['obtain']>): Claim['obtain'] =>
  (outcomes) => {
    const maps = mapsOf(outcomes, which);
    return maps === undefined ? INCOMPLETE : read(maps);
  };

/** Of finite networks: largest distance from theory over the points, relative to theory where that is asked. */
export const farthest = (which: Layer, map: MapName, relative: boolean): Claim['obtain'] =>
  fromMaps(which, (maps) => {
    const { from, theory, mean, stderr } = maps[map];
    let found = nothing('no signal is left');
    mean.forEach((obtained, point) => {
      if (obtained === null) return;
      const unit = relative ? Math.abs(theory[point]!) : 1;
      const distance = Math.abs(obtained - theory[point]!) / unit;
      if (distance <= (found.value ?? -1)) return;
      const error = stderr[point] ?? null;
      found = {
        value: distance,
        stderr: error === null ? null : error / unit,
        remark: `the largest, at ${map === 'lengths' ? 'q' : 'c'} = ${from[point]}`,
      };
    });
    return found;
  });

interface MapFigure {
  readonly map: MapName;
  readonly name: string;
  readonly x: string;
  readonly y: string;
  readonly caption: string;
}

/** The map of every layer over the diagonal, a panel for each activation. */
export function mapFigure(
  outcomes: Outcomes,
  layers: readonly Layer[],
  { map, name, x, y, caption }: MapFigure,
): readonly ReproducedFigure[] {
  const panels = activationsOf(layers).flatMap((activation): CurvesPanel[] => {
    const found = layers
      .filter((each) => each.activation === activation)
      .flatMap((each) => {
        const maps = mapsOf(outcomes, each);
        return maps === undefined ? [] : [{ label: labelOf(each), points: maps[map] }];
      });
    if (found.length === 0) return [];
    const all = found.flatMap(({ points: { from } }) => from);
    const ends = [map === 'lengths' ? 0 : Math.min(...all), Math.max(...all)];
    return [
      {
        title: NAMES[activation] ?? activation,
        x: { label: x },
        y: { label: y },
        series: [
          { label: 'the diagonal', x: ends, y: ends, style: 7, dash: 'dotted' },
          ...found.flatMap(({ label, points: { from, theory, mean, stderr } }) => [
            { label, x: from, y: theory },
            { label, x: from, y: mean, stderr, draw: 'markers' as const },
          ]),
        ],
      },
    ];
  });
  if (panels.length === 0) return [];
  return [{ name, svg: curvesFigure({ width: 560, panels }), caption }];
}
