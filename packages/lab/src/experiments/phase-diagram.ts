/** The phases over weight variance (x) and another option of the initializer (y), with the boundaries between them. */

import {
  cite,
  definePlugin,
  poole2016,
  singh2021,
  type Json,
  type JsonObject,
  type MeanFieldMap,
  type ProgressReporter,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import {
  analyse,
  boundaryCurves,
  phasePoint,
  tabulatedOf,
  type CurvePoint,
  type PhasePoint,
} from '@meanfield/theory';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions, type Choice } from './choice.js';
import { infiniteNetwork, type NetworkChoice } from './mean-field-of.js';

const MAX_POINTS = 500;
const range = { from: z.number(), to: z.number(), count: z.int().min(2).max(MAX_POINTS) };

const options = z.strictObject({
  ...networkOptions,
  weightVariance: z.strictObject(range).default({ from: 0.1, to: 4, count: 40 }),
  vertical: z
    .strictObject({ option: z.string().min(1), ...range })
    .default({ option: 'biasVariance', from: 0, to: 1, count: 21 }),
  correlations: z.boolean().optional(),
});

interface Range {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Evenly spaced, both ends included and exact. */
function points({ from, to, count }: Range): number[] {
  return Array.from({ length: count }, (_, i) => (from * (count - 1 - i) + to * i) / (count - 1));
}

/** The map at a value y of the initializer's option, at any σ_w²; tables are shared between them. */
function family(choice: NetworkChoice, option: string, first: number, context: PluginContext) {
  const { name, options: fixed } = choice.initializer;
  const at = (y: number): Choice => ({ name, options: { ...fixed, [option]: y } });
  const { activation, model } = infiniteNetwork({ ...choice, initializer: at(first) }, context);
  return (y: number): MeanFieldMap => {
    const statistics = context.get('initializer', name, at(y).options).statistics();
    return model.map(activation, statistics);
  };
}

type Family = ReturnType<typeof family>;

/** A point of the diagram; ξ_c is null where it was not asked for. */
type Point = PhasePoint & { readonly xiC: number | null };

/** A larger error than this of distinct signals' correlations comes from samples, which take seconds a point. */
const BY_SAMPLES = 1e-9;

function pointOf(map: MeanFieldMap, correlations: boolean | undefined): Point {
  const wanted = correlations ?? (map.gapError ?? map.relativeError ?? 0) <= BY_SAMPLES;
  return wanted ? analyse(map) : { ...phasePoint(map), xiC: null };
}

function analyses(
  mapAt: Family,
  xs: readonly number[],
  ys: readonly number[],
  correlations: boolean | undefined,
  report: ProgressReporter,
): Point[][] {
  const done = (completed: number): void => report({ label: 'phases', completed, total: ys.length });
  const grid = ys.map((y, row) => {
    done(row);
    const map = tabulatedOf(mapAt(y));
    return xs.map((x) => pointOf(map.withWeightVariance(x), correlations));
  });
  done(ys.length);
  return grid;
}

function curves(mapAt: Family, xs: readonly number[], ys: readonly number[], report: ProgressReporter) {
  const [first, last] = [ys[0]!, ys.at(-1)!];
  const window = [xs[0]!, xs.at(-1)!] as const;
  const reported = (y: number): MeanFieldMap => {
    report({ label: 'boundaries', completed: Math.round((100 * (y - first)) / (last - first)), total: 100 });
    return mapAt(y);
  };
  return boundaryCurves(reported, ys, { window });
}

const curveJson = (points: readonly CurvePoint[]): JsonObject => ({
  weightVariance: points.map(({ weightVariance }) => weightVariance),
  vertical: points.map(({ y }) => y),
});

const phaseDiagram: PluginDefinition<'experiment'> = definePlugin({
  kind: 'experiment',
  name: 'phase-diagram',
  package: PACKAGE,
  version: VERSION,
  summary: 'ordered, chaotic, bounded and unbounded phases over weight variance and bias variance',
  options,
  optionDocs: {
    ...CHOICE_DOCS,
    weightVariance: 'horizontal axis, σ_w²: { from, to, count }, default 0.1 to 4 in 40 points',
    vertical:
      'vertical axis: { option, from, to, count }, a numeric option of the initializer, default biasVariance 0 to 1 in 21',
    correlations:
      'whether the depth scale of correlations is computed too; default: where that needs no samples (RAI and RAAI do)',
  },
  references: [cite(poole2016, 'fig. 1'), cite(singh2021, 'fig. 2.1, 3.1')],
  create(parsed, context) {
    const xs = points(parsed.weightVariance);
    const ys = points(parsed.vertical);
    const { option } = parsed.vertical;
    const mapAt = family(parsed, option, parsed.vertical.from, context);
    return {
      name: 'phase-diagram',
      run({ report }) {
        const grid = analyses(mapAt, xs, ys, parsed.correlations, report);
        const { length, correlation, method, tolerance } = curves(mapAt, xs, ys, report);
        const plane = (value: (point: Point) => Json): Json => grid.map((row) => row.map(value));
        return Promise.resolve({
          result: {
            weightVariance: xs,
            vertical: { option, values: ys },
            phase: plane(({ phase }) => phase),
            bounded: plane(({ bounded }) => bounded),
            chi1: plane(({ chi1 }) => jsonNumber(chi1)),
            xiQ: plane(({ xiQ }) => jsonNumber(xiQ)),
            xiC: plane(({ xiC }) => (xiC === null ? null : jsonNumber(xiC))),
            boundaries: { length: curveJson(length), correlation: curveJson(correlation) },
            method,
            tolerance,
          },
        });
      },
    };
  },
});

export default phaseDiagram;
