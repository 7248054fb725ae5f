/** How long networks train until they are right often enough. */

import { estimate, type Estimate, type Series } from './curves.js';

export interface TimeToAccuracy {
  /** Share of examples classified rightly */
  readonly target: number;
  /** Networks that reach it before the curve ends */
  readonly reached: number;
  readonly networks: number;
  /** Over those that reach it alone: with fewer than all, a mean that all would raise */
  readonly epochs: Estimate;
}

/** Where a curve first reaches a target, between two of its points on a straight line; null where it does not. */
function crossing(curve: Series, epoch: readonly number[], target: number): number | null {
  const point = curve.findIndex((accuracy) => accuracy !== null && accuracy >= target);
  const [at, before] = [curve[point], curve[point - 1]];
  const [end, start] = [epoch[point], epoch[point - 1]];
  if (at === undefined || at === null || end === undefined) return null;
  if (before === undefined || before === null || start === undefined) return end;
  return start + ((end - start) * (target - before)) / (at - before);
}

/**
 * Epochs until the accuracy of each network first reaches a target.
 *
 * A curve is known at its points alone: one that crosses a target and falls back between two of them is not seen to have.
 *
 * @param curves accuracy: [network][point]
 * @param epoch of each point
 */
export function timeToAccuracy(
  curves: readonly Series[],
  epoch: readonly number[],
  target: number,
): TimeToAccuracy {
  const epochs = curves.map((curve) => crossing(curve, epoch, target));
  return {
    target,
    reached: epochs.filter((each) => each !== null).length,
    networks: curves.length,
    epochs: estimate(epochs),
  };
}
