/** One dense layer's weights and biases, measured: their moments, and which law they allow. */

import { MeanfieldError, type GaussianRows, type WeightStatistics } from '@meanfield/core';

import { asymmetryOf, type Asymmetry } from './asymmetry.js';
import { estimateMean, type Estimate } from './estimate.js';
import { lawOfMoments, type BiasMoments } from './law-of-moments.js';
import { addMatrix, neuronSums, type NeuronSums } from './neuron-sums.js';
import { fitReplacedEntry } from './replaced-entry.js';
import { weightMoments, type WeightMoments } from './weight-moments.js';

export interface LayerWeights {
  /** Row-major [fanIn, fanOut] */
  readonly weights: Float32Array;
  readonly fanIn: number;
  readonly fanOut: number;
  /** [fanOut]; null for a layer without */
  readonly bias: Float32Array | null;
}

export interface MeasuredLayer {
  /** σ_w², of the entries beside one that is replaced */
  readonly weightVariance: Estimate;
  /** σ_b² = E b²; of a law that replaces an entry it is part of the row */
  readonly biasVariance: Estimate;
  /** k; null where weights do not vary or κ comes out as 1 */
  readonly correlationStrength: Estimate | null;
  readonly moments: WeightMoments;
  readonly asymmetry: Asymmetry;
  /** What theory is asked with; null where no theory here describes anything like it */
  readonly statistics: Exclude<WeightStatistics, { law: 'empirical' }> | null;
  /**
   * 'law' where the weights are samples of `statistics` as far as their moments show, 'moments' where they are not, and
   * `statistics` are Gaussian rows that share variances and correlation with them
   */
  readonly describes: 'law' | 'moments' | 'nothing';
  /** Why they are no samples of it; null where they are */
  readonly reason: string | null;
}

/** Share of neurons with one entry that stands out from which on Gaussian rows say nothing of a layer */
const OUTLIER_LAW = 0.5;
/** Skewness of pre-activations of equal signals from which on lopsided rows count */
const SKEWNESS = 0.05;
/** (N · mean)²/σ_w², of what a common mean and random weights make of a constant signal, from which on the mean counts */
const COMMON_MEAN = 0.5;
/** Neurons below which the error is at least that of Gaussian weights */
const FEW_NEURONS = 8;

const NONE: Estimate = { value: 0, stderr: 0 };

/** @throws MeanfieldError INVALID_ARGUMENT for arrays that do not fit the sizes, and values that are not finite */
export function measureLayer(layer: LayerWeights): MeasuredLayer {
  requireLayer(layer);
  const { weights, bias, fanIn, fanOut } = layer;
  const sums = neuronSums(fanIn, fanOut);
  addMatrix(sums, weights, 0);
  const { biasVariance, biasMean } = biasMoments(bias);
  if (fanIn < 2) return singleInput(sums, weights, biasVariance);
  const moments = ofFewNeurons(weightMoments(sums), layer);
  const asymmetry = asymmetryOf(sums, weights);
  const found = { moments, asymmetry, biasVariance };
  if (asymmetry.significant && asymmetry.standing.neurons > 0) {
    const fit = fitReplacedEntry(sums, asymmetry, bias?.some((b) => b !== 0) ?? false);
    if (typeof fit !== 'string') return { ...found, ...fit, describes: 'law', reason: null };
    if (asymmetry.standing.share > OUTLIER_LAW) return undescribed(found, fit);
  }
  const own = { weightVariance: moments.weightVariance, correlationStrength: moments.correlationStrength };
  const law = lawOfMoments(moments, { biasVariance, biasMean }, { fanIn, neurons: fanOut });
  if (law.law === 'gaussian-rows' && !isLopsided(asymmetry, moments.weightVariance.value))
    return { ...found, ...own, statistics: law, describes: 'law', reason: null };
  const reason = law.law === 'empirical' ? law.reason : lopsided(asymmetry);
  const ownMean = fanIn ** 2 * moments.mean.value ** 2 > COMMON_MEAN * moments.weightVariance.value;
  if (moments.outliers.share > OUTLIER_LAW || ownMean) return undescribed(found, reason);
  return { ...found, ...own, statistics: sameMoments(moments, biasVariance), describes: 'moments', reason };
}

/** A₃ beyond chance, and large enough to show in pre-activations */
function isLopsided({ significant, thirdPower }: Asymmetry, weightVariance: number): boolean {
  return significant && Math.abs(thirdPower.value) > SKEWNESS * weightVariance ** 1.5;
}

function lopsided({ thirdPower: { value, stderr } }: Asymmetry): string {
  return `rows are lopsided: the sum of a neuron’s cubed weights is ${value.toPrecision(2)} ± ${stderr.toPrecision(1)} on average, not 0`;
}

function undescribed(
  found: Pick<MeasuredLayer, 'moments' | 'asymmetry' | 'biasVariance'>,
  reason: string,
): MeasuredLayer {
  const { weightVariance, correlationStrength } = found.moments;
  return { ...found, weightVariance, correlationStrength, statistics: null, describes: 'nothing', reason };
}

/** Gaussian rows with the same σ_w², σ_b² and k. */
function sameMoments({ weightVariance, correlationStrength }: WeightMoments, bias: Estimate): GaussianRows {
  return {
    law: 'gaussian-rows',
    weightVariance: weightVariance.value,
    biasVariance: bias.value,
    correlationStrength: correlationStrength?.value ?? 0,
  };
}

/** One weight a neuron: its mean square is all that there is. */
function singleInput(sums: NeuronSums, weights: Float32Array, biasVariance: Estimate): MeasuredLayer {
  const weightVariance = estimateMean(sums.powers[1]);
  const nothing = { sumVarianceRatio: null, correlationStrength: null, kurtosis: null, lengthSpread: null };
  const outliers = { share: 0, mean: 0, meanSquare: 0 };
  return {
    weightVariance,
    biasVariance,
    correlationStrength: null,
    moments: { weightVariance, mean: estimateMean(sums.powers[0]), ...nothing, outliers },
    asymmetry: asymmetryOf(sums, weights),
    statistics: {
      law: 'gaussian-rows',
      weightVariance: weightVariance.value,
      biasVariance: biasVariance.value,
      correlationStrength: 0,
    },
    describes: 'moments',
    reason: 'one weight a neuron does not show a law',
  };
}

/** The spread over few neurons is no measure of its own size: σ_w² and mean then have at least the errors of Gaussian weights. */
function ofFewNeurons(moments: WeightMoments, { fanIn, fanOut }: LayerWeights): WeightMoments {
  if (fanOut >= FEW_NEURONS) return moments;
  const { value, stderr } = moments.weightVariance;
  const least = value * Math.sqrt(2 / (fanOut * (fanIn - 1)));
  const ofMean = Math.sqrt(value / fanOut) / fanIn;
  return {
    ...moments,
    weightVariance: { value, stderr: Math.max(stderr, least) },
    mean: { ...moments.mean, stderr: Math.max(moments.mean.stderr, ofMean) },
  };
}

/** Of few neurons with at least the errors of Gaussian biases of mean 0 */
function biasMoments(bias: Float32Array | null): BiasMoments {
  if (bias === null) return { biasVariance: NONE, biasMean: NONE };
  const values = Float64Array.from(bias);
  const [biasVariance, biasMean] = [estimateMean(values.map((b) => b * b)), estimateMean(values)];
  if (bias.length >= FEW_NEURONS) return { biasVariance, biasMean };
  const atLeast = ({ value, stderr }: Estimate, least: number): Estimate => ({
    value,
    stderr: Math.max(stderr, least),
  });
  return {
    biasVariance: atLeast(biasVariance, biasVariance.value * Math.sqrt(2 / bias.length)),
    biasMean: atLeast(biasMean, Math.sqrt(biasVariance.value / bias.length)),
  };
}

function requireLayer({ weights, bias, fanIn, fanOut }: LayerWeights): void {
  const refuse = (expected: string, found: string): never => {
    throw new MeanfieldError({
      code: 'INVALID_ARGUMENT',
      expected,
      found,
      remedy: 'give a layer whose arrays hold numbers of its sizes',
    });
  };
  const fits =
    fanIn >= 1 &&
    fanOut >= 1 &&
    weights.length === fanIn * fanOut &&
    (bias === null || bias.length === fanOut);
  if (!fits) {
    refuse(
      `fan-in times fan-out weights and fan-out biases, ${fanIn} × ${fanOut}`,
      `${weights.length} and ${bias?.length ?? 'no'} biases`,
    );
  }
  for (const [what, values] of [
    ['weights', weights],
    ['biases', bias],
  ] as const) {
    const stray = values?.findIndex((value) => !Number.isFinite(value)) ?? -1;
    if (stray >= 0) refuse(`finite ${what}`, `${values?.[stray]} at index ${stray}`);
  }
}
