/** Epochs to an accuracy, in words and tables. */

import { timeToAccuracy, type Series, type TimeToAccuracy } from '@meanfield/training';

import { showEntry, table, type Entry } from './table.js';

/** 0.85 as "85 %" */
export const percent = (share: number): string => `${Number((100 * share).toPrecision(6))} %`;

/** "3.2 ± 0.1", with "(7 of 10)" where not all networks get there. */
export function timeEntry({ reached, networks, epochs: { mean, stderr } }: TimeToAccuracy): Entry {
  if (mean === null) return `not reached (0 of ${networks})`;
  const epochs = stderr === null ? mean : { value: mean, stderr };
  return reached === networks ? epochs : `${showEntry(epochs)} (${reached} of ${networks})`;
}

export const TIME_NOTES: readonly string[] = [
  'Epochs until the validation accuracy of a network first reaches a target, on straight lines between the points of its curve: mean and standard error over networks.',
  'Where some networks do not get there, "(k of R)" says how many do; the mean is over those alone, and would be higher with the others.',
];

export interface AccuracyCurves {
  readonly epoch: readonly number[];
  readonly accuracy: { readonly networks: readonly Series[] };
}

/** From curves with those of single networks. */
export const timesToAccuracy = (curves: AccuracyCurves, targets: readonly number[]): TimeToAccuracy[] =>
  targets.map((target) => timeToAccuracy(curves.accuracy.networks, curves.epoch, target));

/** A row for each target. */
export function timesTable(times: readonly TimeToAccuracy[]): string {
  const rows = times.map((time) => [percent(time.target), timeEntry(time)]);
  return `Epochs to an accuracy:\n${table(['accuracy', 'epochs'], rows)}`;
}
