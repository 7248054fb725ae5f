/** The phases over weight variance (x) and another option of the initializer (y), with the boundaries between them. */

import {
  cite,
  definePlugin,
  poole2016,
  singh2021,
  type JsonObject,
  type MeanFieldMap,
  type ProgressReporter,
  type PluginContext,
  type PluginDefinition,
} from '@meanfield/core';
import { analyse, boundaries, type Analysis, type Boundaries } from '@meanfield/theory';
import { z } from 'zod';

import { jsonNumber } from '../json-number.js';
import { PACKAGE, VERSION } from '../version.js';
import { CHOICE_DOCS, networkOptions } from './choice.js';
import { infiniteNetwork, type NetworkChoice } from './mean-field-of.js';

const MAX_POINTS = 500;
const range = { from: z.number(), to: z.number(), count: z.int().min(2).max(MAX_POINTS) };

const options = z.strictObject({
  ...networkOptions,
  weightVariance: z.strictObject(range).default({ from: 0.1, to: 4, count: 40 }),
  vertical: z
    .strictObject({ option: z.string().min(1), ...range })
    .default({ option: 'biasVariance', from: 0, to: 1, count: 21 }),
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

/** One row of the diagram: a map for each y, whose weight variance is then moved along x. */
function rowMaps(
  choice: NetworkChoice,
  option: string,
  ys: readonly number[],
  context: PluginContext,
): MeanFieldMap[] {
  return ys.map((y) => {
    const { name, options: fixed } = choice.initializer;
    const initializer = { name, options: { ...fixed, [option]: y } };
    const { map } = infiniteNetwork({ ...choice, initializer }, context);
    return map.tabulated?.() ?? map;
  });
}

/** The analyses and both boundaries of every row. */
function rows(
  xs: readonly number[],
  maps: readonly MeanFieldMap[],
  report: ProgressReporter,
): readonly { readonly analyses: readonly Analysis[]; readonly traced: Boundaries }[] {
  return maps.map((map, row) => {
    report({ label: 'phase diagram', completed: row, total: maps.length });
    const analyses = xs.map((x) => analyse(map.withWeightVariance(x)));
    return { analyses, traced: boundaries(map) };
  });
}

function diagram(xs: readonly number[], maps: readonly MeanFieldMap[], report: ProgressReporter): JsonObject {
  const found = rows(xs, maps, report);
  report({ label: 'phase diagram', completed: maps.length, total: maps.length });
  const grid = found.map(({ analyses }) => analyses);
  const traced = found.map(({ traced }) => traced);
  return {
    phase: grid.map((row) => row.map(({ phase }) => phase)),
    bounded: grid.map((row) => row.map(({ bounded }) => bounded)),
    chi1: grid.map((row) => row.map(({ chi1 }) => jsonNumber(chi1))),
    xiQ: grid.map((row) => row.map(({ xiQ }) => jsonNumber(xiQ))),
    xiC: grid.map((row) => row.map(({ xiC }) => jsonNumber(xiC))),
    boundaries: {
      length: traced.map(({ length }) => length.weightVariance),
      correlation: traced.map(({ correlation }) => correlation.weightVariance),
    },
    method: [...new Set(traced.map(({ method }) => method))].join('; '),
    tolerance: Math.max(...traced.map(({ tolerance }) => tolerance)),
  };
}

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
  },
  references: [cite(poole2016, 'fig. 1'), cite(singh2021, 'fig. 2.1, 3.1')],
  create(parsed, context) {
    const xs = points(parsed.weightVariance);
    const ys = points(parsed.vertical);
    const { option } = parsed.vertical;
    const maps = rowMaps(parsed, option, ys, context);
    return {
      name: 'phase-diagram',
      run: ({ report }) =>
        Promise.resolve({
          result: {
            weightVariance: xs,
            vertical: { option, values: ys },
            ...diagram(xs, maps, report),
          },
        }),
    };
  },
});

export default phaseDiagram;
