/**
 * Reading claims about training from its curves: schemes against each other, network by network.
 *
 * Network r of every scheme has the same data and the same order of examples, so that differences are paired; readings are
 * means over networks with their standard errors. "Faster" is read from epochs: ln of the ratio of those at which two
 * schemes first come to the same validation loss, mean over losses evenly spaced in their logarithm from half of the lower
 * one at step 0 to the lowest that both come to. Where one has not halved its loss that says nothing: the run was too short.
 */

import type { Claim, Outcomes, Reading } from '@meanfield/core';
import { z } from 'zod';

import { trainingResult } from '../report/results.js';
import { nothing, resultIn } from './readings.js';

const series = z.array(z.array(z.number().nullable()));
/** Results of trainings with `networkCurves`. */
export const networkResult = trainingResult.extend({
  curves: z.looseObject({
    step: z.array(z.number()),
    epoch: z.array(z.number()),
    validationLoss: z.looseObject({ networks: series }),
    accuracy: z.looseObject({ networks: series }).optional(),
  }),
});
type Quantity = 'validationLoss' | 'accuracy';

/** Of both schemes: values by point, that of step 0 first */
type Pair = readonly [one: readonly number[], other: readonly number[]];

interface Paired {
  /** Networks that diverged in neither scheme */
  readonly pairs: readonly Pair[];
  readonly epoch: readonly number[];
}

/** Two schemes of a step, by their labels. */
interface Schemes {
  readonly step: string;
  readonly one: string;
  readonly other: string;
}

const isWhole = (values: readonly (number | null)[] | undefined): values is readonly number[] =>
  values?.every((value) => value !== null) === true;

/** Null where the schemes have not both been trained, or fewer than two networks are left. */
function pairedCurves(outcomes: Outcomes, { step, one, other }: Schemes, quantity: Quantity): Paired | null {
  const [first, second] = [one, other].map((label) => resultIn(networkResult, outcomes, step, label)?.curves);
  const [ours, theirs] = [first?.[quantity]?.networks ?? [], second?.[quantity]?.networks ?? []];
  const pairs = ours.flatMap((values, network): Pair[] => {
    const against = theirs[network];
    return isWhole(values) && isWhole(against) ? [[values, against]] : [];
  });
  return first === undefined || pairs.length < 2 ? null : { pairs, epoch: first.epoch };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

/** Mean over networks with its standard error. */
export function overNetworks(values: readonly number[]): { readonly value: number; readonly stderr: number } {
  const value = meanOf(values);
  const squares = values.reduce((sum, each) => sum + (each - value) ** 2, 0);
  return { value, stderr: Math.sqrt(squares / (values.length - 1) / values.length) };
}

const shownEpoch = (epoch: number | undefined): string => String(Number((epoch ?? 0).toPrecision(3)));

function reading(quantity: Quantity, schemes: Schemes, read: (paired: Paired) => Reading): Claim['obtain'] {
  return (outcomes) => {
    const paired = pairedCurves(outcomes, schemes, quantity);
    if (paired === null)
      return nothing('the trainings are not complete, or fewer than two pairs of networks did not diverge');
    return read(paired);
  };
}

/** Whether a loss is at most half of what the curve began with. */
const isLearnt = (loss: number, values: readonly number[]): boolean => loss <= values[0]! / 2;

const LEVELS = 10;

/**
 * ln of the epoch at which a curve first comes to a loss, between points along straight lines in logarithms; the first point
 * after step 0 where it is there already, since step 0 has no logarithm.
 */
export function logEpochOf(values: readonly number[], epoch: readonly number[], loss: number): number {
  // Rounding of the lowest loss itself must not lead past the curve.
  const reached = values.findIndex((value) => value <= loss * (1 + 1e-12));
  const point = Math.max(reached, 1);
  const end = Math.log(epoch[point]!);
  if (point === 1) return end;
  const start = Math.log(epoch[point - 1]!);
  const [before, after] = [Math.log(values[point - 1]!), Math.log(values[point]!)];
  return start + Math.min(1, (before - Math.log(loss)) / (before - after)) * (end - start);
}

/** Mean over the levels of loss from half of the lower beginning to the lowest that both come to. Null before both have learnt. */
function logEpochRatio([one, other]: Pair, epoch: readonly number[]): number | null {
  const highest = Math.log(Math.min(one[0]!, other[0]!) / 2);
  const lowest = Math.log(Math.max(Math.min(...one), Math.min(...other)));
  if (!(lowest <= highest)) return null;
  const levels = Array.from({ length: LEVELS }, (_, level) => {
    return Math.exp(lowest + (level / (LEVELS - 1)) * (highest - lowest));
  });
  const ratios = levels.map((loss) => logEpochOf(one, epoch, loss) - logEpochOf(other, epoch, loss));
  return meanOf(ratios);
}

/** ln of the ratio of epochs that `one` and `other` take to the same losses: below 0 where `one` is faster. */
export const epochRatio = (step: string, one: string, other: string): Claim['obtain'] =>
  reading('validationLoss', { step, one, other }, ({ pairs, epoch }) => {
    const ratios = pairs.map((pair) => logEpochRatio(pair, epoch)).filter((ratio) => ratio !== null);
    if (ratios.length < pairs.length)
      return nothing(`${pairs.length - ratios.length} of ${pairs.length} pairs have not halved their losses`);
    const trained = `${shownEpoch(epoch.at(-1))} epochs`;
    return { ...overNetworks(ratios), remark: `${pairs.length} pairs of networks, ${trained}` };
  });

/** ln of the ratio of losses, mean over the points of the first quarter of log(step). */
export const earlyLossRatio = (step: string, one: string, other: string): Claim['obtain'] =>
  reading('validationLoss', { step, one, other }, ({ pairs, epoch }) => {
    const end = Math.max(2, Math.ceil(epoch.length / 4));
    const ratios = pairs.map(([ours, theirs]) =>
      meanOf(ours.slice(1, end).map((value, point) => Math.log(value / theirs[point + 1]!))),
    );
    return { ...overNetworks(ratios), remark: `up to epoch ${shownEpoch(epoch[end - 1])}` };
  });

/** The largest ln ratio of losses over the points at which all networks have learnt, with the standard error of that point. */
export const worstLossRatio = (step: string, one: string, other: string): Claim['obtain'] =>
  reading('validationLoss', { step, one, other }, ({ pairs, epoch }) => {
    let found = nothing('there is no point at which all losses are halved');
    epoch.forEach((at, point) => {
      const learnt = pairs.every((pair) => pair.every((values) => isLearnt(values[point]!, values)));
      if (!learnt) return;
      const ratio = overNetworks(pairs.map(([ours, theirs]) => Math.log(ours[point]! / theirs[point]!)));
      if (ratio.value > (found.value ?? -Infinity))
        found = { ...ratio, remark: `the largest, at epoch ${shownEpoch(at)}` };
    });
    return found;
  });

/**
 * ln of the ratio of the last validation loss to the lowest of the curve, mean over networks: 0 where the loss is still at its
 * lowest, above 0 where it has risen again.
 */
export const riseOfLoss =
  (step: string, label: string): Claim['obtain'] =>
  (outcomes) => {
    const curves = resultIn(networkResult, outcomes, step, label)?.curves;
    const rises = (curves?.validationLoss.networks ?? []).flatMap((values: readonly (number | null)[]) =>
      isWhole(values) ? [Math.log(values[values.length - 1]! / Math.min(...values))] : [],
    );
    if (rises.length < 2)
      return nothing('the training is not complete, or fewer than two networks did not diverge');
    const remark = `${rises.length} networks, ${shownEpoch(curves?.epoch.at(-1))} epochs`;
    return { ...overNetworks(rises), remark };
  };

/** Difference of accuracies, mean over the points of the later half of log(step). */
export const accuracyGain = (step: string, one: string, other: string): Claim['obtain'] =>
  reading('accuracy', { step, one, other }, ({ pairs, epoch }) => {
    const first = Math.floor(epoch.length / 2);
    const gains = pairs.map(([ours, theirs]) =>
      meanOf(ours.slice(first).map((value, point) => value - theirs[first + point]!)),
    );
    const epochs = `epochs ${shownEpoch(epoch[first])} to ${shownEpoch(epoch.at(-1))}`;
    return { ...overNetworks(gains), remark: `${pairs.length} pairs of networks, ${epochs}` };
  });
