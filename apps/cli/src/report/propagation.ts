/** Signals by layer: simulation against theory, one figure for each setting besides the series. */

import { propagationFigure, type PropagationSeries } from '@meanfield/figures';

import { propagationResult, resultOf } from './results.js';
import type { StepSections } from './section.js';
import { groupBeside, labelAlong, seriesOption, type StepCellView } from './step-cells.js';

const numbered = <T>(layers: readonly T[]): (T & { readonly layer: number })[] =>
  layers.map((entry, index) => ({ ...entry, layer: index + 1 }));

/** One initializer's (or other option's) line and points; undefined while its cell is not complete. */
function propagationSeries(cell: StepCellView, label: string): PropagationSeries | undefined {
  const result = resultOf(propagationResult, cell.record);
  if (result === undefined) return undefined;
  return {
    label,
    simulation: numbered(result.layers),
    ...(result.theory === null ? {} : { theory: numbered(result.theory.layers) }),
  };
}

const WIDTH = 660;

export const propagationSections: StepSections = (step, cells) => {
  const option = seriesOption(step);
  return [...groupBeside(cells, option)].flatMap(([setting, group]) => {
    const series = group.flatMap((cell) => propagationSeries(cell, labelAlong(cell, option, step)) ?? []);
    if (series.length === 0) return [];
    const networks = Number(group[0]?.options['networks'] ?? 0);
    const width = Number(group[0]?.options['width'] ?? 0);
    return {
      heading: setting === '' ? step.title : `${step.title}: ${setting}`,
      paragraphs: step.description === '' ? [] : [step.description],
      figure: {
        svg: propagationFigure({ series, width: WIDTH }),
        caption:
          `Signals by layer: ${networks} networks of width ${width} (points, bars of two standard errors over ` +
          'networks) and theory of infinite width (lines). q is the mean square of pre-activations, c the ' +
          'correlation of two inputs, the dead fraction the share of pre-activations at or below 0.',
      },
    };
  });
};
