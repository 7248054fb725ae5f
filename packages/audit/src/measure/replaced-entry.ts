/**
 * Whether rows of weights are those of RAI and RAAI, N(0, (σ_w²/N)(I − κJ/(N+1))) with one of N + 1 entries replaced by
 * u ~ Beta(2,1) (`singh2021` §3.3), and then σ_w² and k. Of the n = N − 1 entries beside one that stands out
 *
 *   σ_w² = N · (variance about their own mean),   Var(sum) = σ_w² (n/N)(1 − κn/(N + 1))
 *
 * Rows fit where A₃ is N/(N+1) · 2/5 and the mean of entries beyond t is (2/3)(1 − t³)/(1 − t²), both within four standard
 * errors, all of these lie in (t, 1], and the entries beside them are Gaussian by their moments.
 */

import type { ReplacedEntryRows } from '@meanfield/core';

import { besideStanding, type Asymmetry } from './asymmetry.js';
import type { Estimate } from './estimate.js';
import { lawOfMoments } from './law-of-moments.js';
import type { NeuronSums } from './neuron-sums.js';
import { weightMoments } from './weight-moments.js';

export interface ReplacedEntryFit {
  readonly statistics: ReplacedEntryRows;
  readonly weightVariance: Estimate;
  /** null where κ comes out as 1 or more */
  readonly correlationStrength: Estimate | null;
}

const WITHIN = 4;
/** Entries that stand out, to say anything of their law */
const LEAST_ENTRIES = 8;
/** E u³ of Beta(2,1) */
const THIRD_POWER = 2 / 5;
/** float32 */
const ROUNDING = 1e-6;
/** Where κ is not below 1, as it may come out of a few neurons: `singh2021` has no stronger laws than its 0.99 */
const STRONGEST = 1000;

const within = ({ value, stderr }: Estimate, expected: number): boolean =>
  Math.abs(value - expected) <= WITHIN * stderr;

const ZERO: Estimate = { value: 0, stderr: 0 };

/** @returns the fit, or why rows are not such ones */
export function fitReplacedEntry(
  sums: NeuronSums,
  { thirdPower, standing }: Asymmetry,
  biasEntry: boolean,
): ReplacedEntryFit | string {
  const { fanIn: N } = sums;
  const { neurons, threshold: t, mean, range } = standing;
  const expected = (N / (N + (biasEntry ? 1 : 0))) * THIRD_POWER;
  if (neurons < LEAST_ENTRIES || mean === null || range === null)
    return 'too few entries stand out to say which law they have';
  if (range[0] < 0 || range[1] > 1 + ROUNDING) return 'entries that stand out are not all between 0 and 1';
  if (!within(thirdPower, expected))
    return `their third power is not ${expected.toPrecision(3)}, that of Beta(2,1)`;
  if (!within(mean, ((2 / 3) * (1 - t ** 3)) / (1 - t ** 2)))
    return 'the mean of entries that stand out is not that of Beta(2,1)';
  const rest = besideStanding(sums, standing);
  const moments = weightMoments(rest);
  const law = lawOfMoments(moments, { biasVariance: ZERO, biasMean: ZERO }, { fanIn: N - 1, neurons });
  if (law.law !== 'gaussian-rows') {
    return law.law === 'empirical'
      ? `beside the entry that stands out, ${law.reason}`
      : 'they have another law';
  }
  const weightVariance = scaled(moments.weightVariance, N / (N - 1));
  const correlationStrength =
    law.correlationStrength === 0 ? ZERO : strengthOf(moments.sumVarianceRatio ?? ZERO, N);
  return {
    statistics: {
      law: 'replaced-entry-rows',
      weightVariance: weightVariance.value,
      correlationStrength: Math.max(-0.99, correlationStrength?.value ?? STRONGEST),
      replacement: { law: 'beta', a: 2, b: 1 },
      ...(biasEntry ? {} : { biasEntry: false }),
    },
    weightVariance,
    correlationStrength,
  };
}

const scaled = ({ value, stderr }: Estimate, factor: number): Estimate => ({
  value: value * factor,
  stderr: stderr * factor,
});

/** k = κ/(1 − κ) of the ratio r = 1 − κn/(N + 1) */
function strengthOf(ratio: Estimate, fanIn: number): Estimate | null {
  const factor = (fanIn + 1) / (fanIn - 1);
  const kappa = (1 - ratio.value) * factor;
  if (kappa >= 1) return null;
  return { value: kappa / (1 - kappa), stderr: (ratio.stderr * factor) / (1 - kappa) ** 2 };
}
