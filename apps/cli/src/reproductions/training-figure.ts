/** Trainings as figures 3.3 to 3.5 and 3.8 to 3.12 of `singh2021` show them: a panel an optimiser, bands over networks. */

import type { Outcomes, ReproducedFigure } from '@meanfield/core';
import { trainingFigure, type TrainingPanel } from '@meanfield/figures';

import { resultOf, trainingResult } from '../report/results.js';

const WIDTH = 660;

export interface OptimizerPanel {
  /** Id of the step */
  readonly step: string;
  readonly title: string;
}

function panelOf(
  outcomes: Outcomes,
  { step, title }: OptimizerPanel,
  quantity: 'loss' | 'accuracy',
): TrainingPanel[] {
  const series = outcomes(step).flatMap(({ labels, record }) => {
    const curves = resultOf(trainingResult, record)?.curves;
    const values = quantity === 'loss' ? curves?.validationLoss : curves?.accuracy;
    if (curves === undefined || values === undefined) return [];
    // Step 0 has no place on a logarithmic axis.
    const [x, mean, stderr] = [curves.epoch, values.mean, values.stderr].map((each) => each.slice(1));
    return [{ label: Object.values(labels)[0] ?? '', x: x as number[], mean: mean!, stderr: stderr! }];
  });
  return series.length === 0 ? [] : [{ title, quantity, series }];
}

/** @param remark closes the caption */
export function trainingFigures(
  outcomes: Outcomes,
  panels: readonly OptimizerPanel[],
  { name, quantity, remark }: { name: string; quantity: 'loss' | 'accuracy'; remark: string },
): readonly ReproducedFigure[] {
  const drawn = panels.flatMap((panel) => panelOf(outcomes, panel, quantity));
  const options = panels.flatMap(({ step }) => outcomes(step))[0]?.options;
  if (drawn.length === 0 || options === undefined) return [];
  const svg = trainingFigure({ width: WIDTH, xScale: 'log', panels: drawn });
  const caption =
    `Validation ${quantity} by epoch: mean over ${Number(options['networks'])} networks of each initialisation, bands of two ` +
    `standard errors over networks. ${remark}`;
  return [{ name, svg, caption }];
}
