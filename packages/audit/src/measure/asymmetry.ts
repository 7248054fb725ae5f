/**
 * How lopsided rows of weights are, and whether one entry of each makes them so, as in RAI and RAAI (`lu2020`; `singh2021` §3.3).
 * N = fan-in, w_j1 … w_jN the weights of neuron j.
 *
 *   A₃ = mean over neurons of Σ_i w_ji³
 *
 * is 0 in expectation for every law that is symmetric about 0, correlated or not, with variance 15σ_w⁶/N² a neuron for
 * independent Gaussian weights; and N/(N + 1) · E u³ where one of the N + 1 entries of a row and its bias is replaced by u,
 * which has E u³ = 2/5 for u ~ Beta(2,1): many standard errors already for ten neurons of a hundred weights. A₃/σ_w³ is the
 * skewness of pre-activations of equal signals, which a theory of Gaussian rows takes for 0.
 *
 * An entry stands out beyond t = √(2 ln(100 N)) scales of the whole layer, of which 1 % of Gaussian rows have one or fewer; the
 * scale is the median of |w|/0.6745, which one entry a row moves by the share 1/N only. A row's other entries do not enter
 * into its being chosen, so that they keep their law: of them σ_w² and k are measured.
 */

import { estimateMean, type Estimate } from './estimate.js';
import { neuronSums, type NeuronSums } from './neuron-sums.js';

export interface Asymmetry {
  /** A₃ with its standard error over neurons */
  readonly thirdPower: Estimate;
  /** Whether it is above 0 or below by more than four standard errors */
  readonly significant: boolean;
  /** Neurons that have a weight that stands out */
  readonly standing: StandingEntries;
}

export interface StandingEntries {
  readonly neurons: number;
  /** Of all neurons */
  readonly share: number;
  /** t, the size beyond which a weight stands out */
  readonly threshold: number;
  /** Mean of those weights; null where there are none */
  readonly mean: Estimate | null;
  /** Least and largest of them; null where there are none */
  readonly range: readonly [number, number] | null;
}

/** Standard errors */
const SIGNIFICANT = 4;
/** Median of |z|, z ~ N(0, 1) */
const MEDIAN = 0.6744897501960817;
/** Neurons below which the spread over them says too little of itself */
const FEW_NEURONS = 8;

/** @param sums of a matrix [fanIn, fanOut] */
export function asymmetryOf(sums: NeuronSums, matrix: Float32Array): Asymmetry {
  const thirdPower = withGaussianError(sums, estimateMean(sums.powers[2]));
  const threshold = outlierThreshold(matrix, sums.fanIn);
  const entries = sums.largest.filter((w) => Math.abs(w) > threshold);
  return {
    thirdPower,
    significant: Math.abs(thirdPower.value) > SIGNIFICANT * thirdPower.stderr,
    standing: {
      neurons: entries.length,
      share: entries.length / sums.largest.length,
      threshold,
      mean: entries.length === 0 ? null : estimateMean(entries),
      range: entries.length === 0 ? null : [Math.min(...entries), Math.max(...entries)],
    },
  };
}

/** For few neurons the error is at least that of independent Gaussian weights. */
function withGaussianError({ powers, fanIn }: NeuronSums, estimate: Estimate): Estimate {
  const neurons = powers[0].length;
  if (neurons >= FEW_NEURONS) return estimate;
  const lengths = estimateMean(powers[1]).value;
  return {
    ...estimate,
    stderr: Math.max(estimate.stderr, (Math.sqrt(15 / neurons) * lengths ** 1.5) / fanIn),
  };
}

function outlierThreshold(matrix: Float32Array, fanIn: number): number {
  const sizes = matrix.map(Math.abs).sort();
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return (Math.sqrt(2 * Math.log(100 * fanIn)) * median) / MEDIAN;
}

/** Sums over the weights beside the one that stands out, N − 1 a neuron, of those neurons that have one. */
export function besideStanding(sums: NeuronSums, { threshold }: StandingEntries): NeuronSums {
  const chosen = Array.from(sums.largest.keys()).filter((j) => Math.abs(sums.largest[j]!) > threshold);
  const rest = neuronSums(sums.fanIn - 1, chosen.length);
  chosen.forEach((j, at) => {
    const w = sums.largest[j]!;
    for (const [power, values] of rest.powers.entries())
      values[at] = sums.powers[power]![j]! - w ** (power + 1);
  });
  return rest;
}
