/**
 * Moments of a law of weights from samples of neurons (N = fan-in weights w_1..w_N each, R neurons, S = Σ w):
 *
 *   σ_w² = N · (variance of a neuron's weights about their own mean, unbiased): for N(0, (σ_w²/N)(I − κJ/N)) its
 *          expectation is σ_w² at every N and κ (`singh2021` §3.1)
 *   1 − κ = Var(S)/σ_w²,   k = κ/(1 − κ)
 *   mean and kurtosis E (w − m)⁴/(E (w − m)²)² over all weights
 *   length spread: Var(|w|²)/(E |w|²)² over neurons
 *
 * Standard errors: from the spread over neurons, which are taken to be independent; of ratios by their linearisation. Exactly
 * right for independent neurons as R → ∞, too large for orthogonal matrices.
 */

import { estimateMean, meanOf, varianceOf, type Estimate } from './estimate.js';
import type { NeuronSums } from './neuron-sums.js';

export interface WeightMoments {
  /** σ_w² = fanIn · Var(w), with what correlation of the row takes off put back */
  readonly weightVariance: Estimate;
  /** E w */
  readonly mean: Estimate;
  /** 1 − κ: variance of the sum of a neuron's weights over σ_w²; 1 where weights are uncorrelated; null where they do not vary */
  readonly sumVarianceRatio: Estimate | null;
  /** k = κ/(1 − κ); null where weights do not vary, or every neuron's sum is the same */
  readonly correlationStrength: Estimate | null;
  /** 3 for a Gaussian, 1.8 for a uniform law; null where weights do not vary */
  readonly kurtosis: Estimate | null;
  /** Relative variance of neurons' squared lengths |w|², 0 for orthogonal matrices; null where weights do not vary */
  readonly lengthSpread: number | null;
  readonly outliers: Outliers;
}

/** The largest weight of a neuron, where it stands out: more than 6 standard deviations of the neuron's other weights */
interface Outliers {
  /** Share of neurons that have one */
  readonly share: number;
  /** Mean of those weights; 0 where there are none */
  readonly mean: number;
  /** Their mean square; 0 where there are none */
  readonly meanSquare: number;
}

/** Standard deviations. Among 10⁶ Gaussian weights one in 500 samples has a larger one. */
const STANDS_OUT = 6;
/** Variance over mean square of weights below which they differ by the rounding of float32 only */
const ROUNDING = 1e-12;
/** 1 − κ below which every neuron's sum is the same but for the rounding of float32 */
const SAME_SUM = 1e-6;

export function weightMoments(sums: NeuronSums): WeightMoments {
  const { fanIn, powers } = sums;
  const [p1, p2] = powers;
  const within = p1.map((sum, j) => Math.max(0, (p2[j]! - (sum * sum) / fanIn) / (fanIn - 1)));
  const weightVariance = estimateMean(within.map((variance) => fanIn * variance));
  const mean = estimateMean(p1.map((sum) => sum / fanIn));
  const varies = weightVariance.value > ROUNDING * meanOf(p2);
  const ratio = varies ? sumVarianceRatio(p1, within, fanIn, weightVariance.value) : null;
  return {
    weightVariance: varies ? weightVariance : { value: 0, stderr: 0 },
    mean,
    sumVarianceRatio: ratio,
    correlationStrength: ratio === null || ratio.value < SAME_SUM ? null : strengthOf(ratio),
    kurtosis: varies ? kurtosis(sums, mean.value) : null,
    lengthSpread: varies ? varianceOf(p2) / meanOf(p2) ** 2 : null,
    outliers: outliers(sums),
  };
}

function sumVarianceRatio(
  sum: Float64Array,
  within: Float64Array,
  fanIn: number,
  weightVariance: number,
): Estimate {
  const value = varianceOf(sum) / weightVariance;
  const centre = meanOf(sum);
  const influence = sum.map((s, j) => ((s - centre) ** 2 - value * fanIn * within[j]!) / weightVariance);
  return { value, stderr: estimateMean(influence).stderr };
}

function strengthOf({ value, stderr }: Estimate): Estimate {
  return { value: 1 / value - 1, stderr: stderr / value ** 2 };
}

function kurtosis({ fanIn, powers: [p1, p2, p3, p4] }: NeuronSums, m: number): Estimate {
  const second = p2.map((square, j) => square / fanIn - (2 * m * p1[j]!) / fanIn + m * m);
  const fourth = p4.map(
    (f, j) => (f - 4 * m * p3[j]! + 6 * m * m * p2[j]! - 4 * m ** 3 * p1[j]!) / fanIn + m ** 4,
  );
  const variance = meanOf(second);
  const value = meanOf(fourth) / variance ** 2;
  const influence = fourth.map((f, j) => f / variance ** 2 - (2 * value * second[j]!) / variance);
  return { value, stderr: estimateMean(influence).stderr };
}

function outliers({ fanIn, powers: [p1, p2], largest }: NeuronSums): Outliers {
  const standing = largest.filter((w, j) => {
    const others = fanIn - 1;
    const mean = (p1[j]! - w) / others;
    const variance = Math.max(0, (p2[j]! - w * w) / others - mean * mean);
    // Weights that are all the same do not stand out; rounding leaves a variance of theirs.
    return (w - mean) ** 2 > Math.max(STANDS_OUT ** 2 * variance, ROUNDING * w * w);
  });
  if (standing.length === 0) return { share: 0, mean: 0, meanSquare: 0 };
  return {
    share: standing.length / largest.length,
    mean: meanOf(standing),
    meanSquare: meanOf(standing.map((w) => w * w)),
  };
}
