/**
 * Growth in a layer, from networks of finite width: λ of lengths, μ of the differences of close signals, μ/λ of gaps.
 *
 * Given a layer's signals, the expectation of the next layer's mean square is what the law of infinite width says of their empirical
 * law, and likewise for mean square differences. So q_{l+1}/q_l and D_{l+1}/D_l, D = q · gap of the chosen pairs, averaged over
 * layers and networks, estimate λ and μ with an error of O(1/N), whatever the fluctuations of q itself, which multiply up
 * from layer to layer.
 */

import { meanOf, type MeanWithError, type NetworkObservation } from '@meanfield/simulation';

export interface Growth {
  /** λ */
  readonly length: number;
  /** μ */
  readonly difference: number;
  /** Mean of ln(gap_{l+1}/gap_l) */
  readonly logGap: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const closeGap = ({ pairGaps }: NetworkObservation['layers'][number]): number =>
  sum((pairGaps ?? []).map((gap) => gap ?? NaN));

/** Of one network, over the steps from layer `from` (of 1, 2, …) to the last */
export function growthOf({ layers }: NetworkObservation, from: number): Growth {
  const used = layers.slice(from - 1);
  const ratios = used.slice(1).map((after, index) => {
    const before = used[index]!;
    const [length, gap] = [after.q / before.q, closeGap(after) / closeGap(before)];
    return { length, difference: length * gap, logGap: Math.log(gap) };
  });
  const mean = (of: (growth: Growth) => number): number => sum(ratios.map(of)) / ratios.length;
  return {
    length: mean(({ length }) => length),
    difference: mean(({ difference }) => difference),
    logGap: mean(({ logGap }) => logGap),
  };
}

/**
 * σ_w² at which the growth is 1, on the straight line of least squares through every network's growth at the given σ_w².
 *
 * @param growths by network, then by σ_w²
 * @returns null where the line does not rise
 */
export function unitGrowth(
  weightVariances: readonly number[],
  growths: readonly (readonly number[])[],
): MeanWithError | null {
  const count = weightVariances.length;
  const middle = sum(weightVariances) / count;
  const spread = sum(weightVariances.map((x) => (x - middle) ** 2));
  const slopeOf = (ys: readonly number[]): number =>
    sum(ys.map((y, i) => y * (weightVariances[i]! - middle))) / spread;
  const slope = sum(growths.map(slopeOf)) / growths.length;
  if (!(slope > 0)) return null;
  const at = middle + (1 - sum(growths.map((ys) => sum(ys) / count)) / growths.length) / slope;
  // Each network's own line at that σ_w²: common random numbers move all its points together.
  const there = growths.map((ys) => sum(ys) / count + slopeOf(ys) * (at - middle));
  const { stderr } = meanOf(there);
  return { mean: at, stderr: stderr === null ? null : stderr / slope };
}
