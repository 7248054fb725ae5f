/**
 * Which law measured moments allow: that of Gaussian rows, whose statistics independent weights of mean 0 share as N → ∞,
 * or none that is known here, with the reason.
 */

import type { WeightStatistics } from '@meanfield/core';

import type { Estimate } from './estimate.js';
import type { WeightMoments } from './weight-moments.js';

/** Standard errors within which the variance of neurons' sums counts as that of independent weights, so that k = 0 */
const UNCORRELATED = 4;
/** Standard errors from which on a mean counts as other than 0 */
const OFF_CENTRE = 4;
/** Share of neurons with one weight that stands out from which on it belongs to the law */
const OUTLIER_LAW = 0.5;
/**
 * Excess kurtosis (E w⁴/(E w²)² − 3)/N that single weights may leave in pre-activations of equal signals, which tends
 * to 0 as N → ∞ where weights have a fourth moment
 */
const SINGLE_WEIGHTS = 0.05;
/** Relative variance of squared lengths beyond that of independent weights, (kurtosis − 1)/N */
const COMMON_SCALE = 0.05;

const isOff = ({ value, stderr }: Estimate): boolean => Math.abs(value) > OFF_CENTRE * stderr;
const show = ({ value, stderr }: Estimate): string => `${value.toPrecision(3)} ± ${stderr.toPrecision(1)}`;
const empirical = (reason: string): WeightStatistics => ({ law: 'empirical', reason });

export interface BiasMoments {
  readonly biasVariance: Estimate;
  readonly biasMean: Estimate;
}

/** @param sizes N that the moments were measured at, and how many neurons were drawn */
export function lawOfMoments(
  moments: WeightMoments,
  { biasVariance, biasMean }: BiasMoments,
  { fanIn, neurons }: { readonly fanIn: number; readonly neurons: number },
): WeightStatistics {
  const { weightVariance, mean, kurtosis, lengthSpread, outliers, correlationStrength } = moments;
  if (isOff(biasMean)) return empirical(`biases have mean ${show(biasMean)}, not 0`);
  if (outliers.share > OUTLIER_LAW) {
    const percent = Math.round(100 * outliers.share);
    return empirical(
      `in ${percent} % of neurons one weight stands out (mean ${outliers.mean.toPrecision(2)}, mean square ` +
        `${outliers.meanSquare.toPrecision(2)}), as in laws that replace one entry of each row`,
    );
  }
  if (isOff(mean)) return empirical(`weights have mean ${show(mean)}, not 0`);
  const law = {
    law: 'gaussian-rows',
    weightVariance: weightVariance.value,
    biasVariance: biasVariance.value,
  } as const;
  if (kurtosis === null || lengthSpread === null) return { ...law, correlationStrength: 0 };
  if ((kurtosis.value - 3) / fanIn > SINGLE_WEIGHTS) {
    return empirical(
      `weights have kurtosis ${show(kurtosis)} (Gaussian: 3), so that single ones show in pre-activations at fan-in ${fanIn}`,
    );
  }
  if (lengthSpread - (kurtosis.value - 1) / fanIn > COMMON_SCALE) {
    return empirical(
      `squared lengths of neurons' weight vectors have relative variance ${lengthSpread.toPrecision(2)}, ` +
        'more than independent weights have',
    );
  }
  if (correlationStrength === null) return empirical('the sum of weights is the same in every neuron: κ = 1');
  return { ...law, correlationStrength: isUncorrelated(moments, neurons) ? 0 : correlationStrength.value };
}

/** ln of a variance of R independent Gaussian sums has standard error √(2/(R − 1)), whatever the variance is. */
function isUncorrelated({ sumVarianceRatio: ratio }: WeightMoments, neurons: number): boolean {
  return ratio !== null && Math.abs(Math.log(ratio.value)) <= UNCORRELATED * Math.sqrt(2 / (neurons - 1));
}
