/** One point of the curves. */

import type { Evaluation, Examples } from '@meanfield/core';

import type { Point } from './curves.js';
import { measure } from './measures.js';
import type { Run } from './run.js';

const SPLITS = ['train', 'validation', 'test'] as const;
type Split = (typeof SPLITS)[number];

function pointOf(evaluations: Readonly<Partial<Record<Split, readonly Evaluation[]>>>): Point {
  const point: Record<string, readonly (number | undefined)[]> = {};
  for (const split of SPLITS) {
    const networks = evaluations[split];
    if (networks === undefined) continue;
    point[`${split}Loss`] = networks.map(({ loss }) => loss);
    point[`${split}Accuracy`] = networks.map(({ accuracy }) => accuracy);
  }
  return point;
}

/** Evaluates all networks after `step` steps and adds a point to every curve. */
export async function evaluatePoint(run: Run, step: number): Promise<void> {
  const { request, plan, trainPart, ensemble, recorder, progress } = run;
  const { data, activation, measure: measures } = request;
  const splits: Readonly<Record<Split, Examples | undefined>> = {
    train: trainPart,
    validation: data.validation,
    test: data.test,
  };
  const evaluations: Partial<Record<Split, readonly Evaluation[]>> = {};
  for (const split of SPLITS) {
    const examples = splits[split];
    if (examples === undefined) continue;
    const networks = await ensemble.evaluate(examples);
    recorder.watch(
      step,
      networks.map(({ loss }) => loss),
    );
    evaluations[split] = networks;
  }
  const activatedLayers = plan.sizes.length - (plan.activateOutput ? 1 : 2);
  const measured =
    measures === undefined
      ? {}
      : await measure({ ensemble, recorder, rows: trainPart, activation, activatedLayers }, measures);
  recorder.record({ ...pointOf(evaluations), ...measured });
  progress.evaluated(recorder.latest('validationLoss'));
}
