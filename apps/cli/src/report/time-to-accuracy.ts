/** Epochs to given accuracies, a row for each cell of a step that trained. */

import type { ManifestStep } from '@meanfield/lab';
import type { TimeToAccuracy } from '@meanfield/training';

import { percent, TIME_NOTES, timeEntry, timesToAccuracy } from '../output/time-to-accuracy.js';
import { resultOf, trainingResult } from './results.js';
import type { StepCellView } from './step-cells.js';
import type { StepTable } from './tables.js';

interface CellTimes {
  readonly step: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly times: readonly TimeToAccuracy[];
}

interface StepTimes {
  readonly cells: readonly CellTimes[];
  /** Cells with an accuracy, but without the curves of single networks */
  readonly withoutNetworks: number;
}

export function stepTimes(
  step: ManifestStep,
  cells: readonly StepCellView[],
  targets: readonly number[],
): StepTimes {
  const found: CellTimes[] = [];
  let withoutNetworks = 0;
  for (const { record, labels } of step.experiment === 'training' ? cells : []) {
    const { epoch, accuracy } = resultOf(trainingResult, record)?.curves ?? {};
    if (epoch === undefined || accuracy === undefined) continue;
    const { networks } = accuracy;
    if (networks === undefined) withoutNetworks++;
    else {
      const times = timesToAccuracy({ epoch, accuracy: { networks } }, targets);
      found.push({ step: step.id, labels, times });
    }
  }
  return { cells: found, withoutNetworks };
}

/** Undefined where nothing was classified. */
export function timeTable(
  step: ManifestStep,
  cells: readonly StepCellView[],
  targets: readonly number[],
): StepTable | undefined {
  const { cells: found, withoutNetworks } = stepTimes(step, cells, targets);
  if (targets.length === 0 || found.length + withoutNetworks === 0) return undefined;
  const paths = [...new Set(found.flatMap(({ labels }) => Object.keys(labels)))];
  const missing = `Cells without curves of single networks (networkCurves: true), left out: ${withoutNetworks}.`;
  return {
    title: `${step.title}: epochs to an accuracy`,
    head: [...paths, ...targets.map((target) => `epochs to ${percent(target)}`)],
    rows: found.map(({ labels, times }) => [...paths.map((path) => labels[path]), ...times.map(timeEntry)]),
    notes: [...TIME_NOTES, ...(withoutNetworks === 0 ? [] : [missing])],
  };
}
