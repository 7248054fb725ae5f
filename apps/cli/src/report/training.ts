/** Learning curves: one panel for each setting besides the series, accuracy beside loss where there is one. */

import { trainingFigure, type TrainingPanel } from '@meanfield/figures';

import { resultOf, trainingResult } from './results.js';
import type { StepSections } from './section.js';
import { groupBeside, labelAlong, seriesOption, type StepCellView } from './step-cells.js';

const WIDTH = 660;

type Labelled = readonly [label: string, result: NonNullable<ReturnType<typeof parse>>];
const parse = (cell: StepCellView) => resultOf(trainingResult, cell.record);

function panels(title: string, results: readonly Labelled[]): TrainingPanel[] {
  const series = (curve: 'validationLoss' | 'accuracy') =>
    results.flatMap(([label, { curves }]) => {
      const values = curves[curve];
      if (values === undefined) return [];
      // Step 0 has no place on a logarithmic axis.
      const shown = <T>(entries: readonly T[]): T[] =>
        entries.filter((_, point) => (curves.step[point] ?? 0) > 0);
      return { label, x: shown(curves.step), mean: shown(values.mean), stderr: shown(values.stderr) };
    });
  const accuracy = series('accuracy');
  return [
    { title, quantity: 'loss', series: series('validationLoss') },
    ...(accuracy.length === 0 ? [] : [{ title, quantity: 'accuracy', series: accuracy } as const]),
  ];
}

export const trainingSections: StepSections = (step, cells) => {
  const option = seriesOption(step);
  const remarks = new Set<string>();
  let networks = 0;
  const drawn = [...groupBeside(cells, option)].flatMap(([setting, group]) => {
    const results = group.flatMap((cell): Labelled[] => {
      const result = parse(cell);
      if (result === undefined) return [];
      result.task.remarks.forEach((remark) => remarks.add(remark));
      networks = result.networks;
      return [[labelAlong(cell, option, step), result]];
    });
    return results.length === 0 ? [] : panels(setting, results);
  });
  if (drawn.length === 0) return [];
  return [
    {
      heading: step.title,
      paragraphs: [
        ...(step.description === '' ? [] : [step.description]),
        ...(remarks.size === 0 ? [] : [`Conventions: ${[...remarks].join('; ')}.`]),
      ],
      figure: {
        svg: trainingFigure({ panels: drawn, width: WIDTH, xLabel: 'step', xScale: 'log' }),
        caption:
          `Validation curves by step: mean over ${networks} networks of each initialisation, bands of two ` +
          'standard errors over networks. Step 0 has no place on the logarithmic axis.',
      },
    },
  ];
};
