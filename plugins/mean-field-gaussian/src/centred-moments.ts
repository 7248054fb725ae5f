/**
 * What the rows' covariance I − κJ/N makes of the activations of a layer with Gaussian pre-activations of variance
 * q (`singh2021` §3.1):
 *
 *   M(q) = E φ(√q z)² − κ (E φ(√q z))²,
 *
 * its slope, and the moments of two signals. The mean of the second signal does not depend on the correlation,
 * so κ leaves ∂/∂c E φ(u1) φ(u2) as it is.
 */

import { isMeanfieldError, type Activation } from '@meanfield/core';
import { furthestMethod, gaussianMean, increment, type GaussianExpectations } from '@meanfield/numerics';

import { rootDifference } from './homogeneous/moments.js';

/** q, q1, q2 ≥ 0 are variances of pre-activations; gap = 1 − c of theirs. */
export interface CentredMoments {
  /** 'closed form', 'single integral' or 'quadrature' */
  readonly method: string;
  /** M(q) */
  meanSquare(q: number): number;
  /** E φ(√q z) */
  mean(q: number): number;
  /** E φ(√q z)², whatever κ is */
  activationMeanSquare(q: number): number;
  /** dM/dq */
  meanSquareSlope(q: number): number;
  /** E φ(u1) φ(u2) at gap 0 less the same at `gap` */
  productDrop(q1: number, q2: number, gap: number): number;
  /** E φ'(u1) φ'(u2) */
  derivativeProduct(q1: number, q2: number, gap: number): number;
  /** √(V1 V2) − C12 at gap 0, V and C with σ_w² and σ_b² put in: see `shortfall` of `lengthShortfall`. */
  shortfall(q1: number, q2: number, weightVariance: number, biasVariance: number): number;
}

/** Of an activation that is not homogeneous */
export function generalMoments(
  activation: Activation,
  expectations: GaussianExpectations,
  kappa: number,
): CentredMoments {
  const meanSquare = (q: number): number =>
    expectations.meanSquare(q) - (kappa === 0 ? 0 : kappa * expectations.mean(q) ** 2);
  return {
    method: furthestMethod(Object.values(expectations.methods)),
    meanSquare,
    mean: (q) => expectations.mean(q),
    activationMeanSquare: (q) => expectations.meanSquare(q),
    meanSquareSlope: (q) =>
      expectations.meanSquareSlope(q) -
      (kappa === 0 ? 0 : 2 * kappa * expectations.mean(q) * meanSlope(activation, q)),
    productDrop: (q1, q2, gap) => expectations.productDrop(q1, q2, gap),
    derivativeProduct: (q1, q2, gap) =>
      gap === 0 && q1 === q2
        ? expectations.derivativeMeanSquare(q1)
        : expectations.derivativeProduct(q1, q2, gap),
    // 2 (√(V1 V2) − C12) = [V1 + V2 − 2 C12] − (√V1 − √V2)², both brackets from differences of φ.
    shortfall(q1, q2, weightVariance, biasVariance) {
      const { distance, difference } = contrast(activation, expectations, q1, q2, kappa);
      const roots =
        Math.sqrt(weightVariance * meanSquare(q1) + biasVariance) +
        Math.sqrt(weightVariance * meanSquare(q2) + biasVariance);
      if (roots === 0) return 0;
      return Math.max(0, (weightVariance * distance - ((weightVariance * difference) / roots) ** 2) / 2);
    },
  };
}

/**
 * d/dq E φ(√q z) = E[(z² − 1) φ(√q z)]/(2q), whatever kinks or jumps φ has; ½ E φ''(√q z) where φ is smooth, which
 * does not cancel at small q. φ(0) is taken off, as a constant has no slope.
 */
export function meanSlope(activation: Activation, q: number): number {
  const deviation = Math.sqrt(q);
  const second = activation.secondDerivative?.bind(activation);
  const options = { kinks: scaledKinks(activation, q), scale: scaleOf(activation, q) };
  if (second !== undefined && activation.kinks.length === 0) {
    return gaussianMean((z) => second(deviation * z), options) / 2;
  }
  const origin = activation.phi(0);
  return gaussianMean((z) => (z * z - 1) * (activation.phi(deviation * z) - origin), options) / (2 * q);
}

/** Distances above this share of the mean squares lose at most three digits to cancellation. */
const WITHOUT_CANCELLATION = 1e-3;

/** Both from differences of φ, so that close lengths lose no digits. At gap 0, with φ_i = φ(√q_i z): */
interface Contrast {
  /** E (φ1 − φ2)² − κ (E φ1 − E φ2)² */
  readonly distance: number;
  /** M(q1) − M(q2) */
  readonly difference: number;
}

/** Closed forms where lengths lie apart or φ is too steep for quadrature (long sines), quadrature of differences else. */
function contrast(
  activation: Activation,
  expectations: GaussianExpectations,
  q1: number,
  q2: number,
  kappa: number,
): Contrast {
  if (expectations.methods.product === 'quadrature') return integratedContrast(activation, q1, q2, kappa);
  const [first, second] = [expectations.meanSquare(q1), expectations.meanSquare(q2)];
  const [mean1, mean2] = kappa === 0 ? [0, 0] : [expectations.mean(q1), expectations.mean(q2)];
  const closed: Contrast = {
    distance: first + second - 2 * expectations.product(q1, q2, 0) - kappa * (mean1 - mean2) ** 2,
    difference: first - second - kappa * (mean1 - mean2) * (mean1 + mean2),
  };
  if (closed.distance > WITHOUT_CANCELLATION * (first + second)) return closed;
  try {
    return integratedContrast(activation, q1, q2, kappa);
  } catch (error) {
    if (isMeanfieldError(error) && error.code === 'NOT_CONVERGED') return closed;
    throw error;
  }
}

function integratedContrast(activation: Activation, q1: number, q2: number, kappa: number): Contrast {
  const [d1, d2] = [Math.sqrt(q1), Math.sqrt(q2)];
  const options = {
    kinks: [...scaledKinks(activation, q1), ...scaledKinks(activation, q2)],
    scale: scaleOf(activation, Math.max(q1, q2)),
  };
  const deviationStep = rootDifference(q1, q2);
  const step = (z: number): number => increment(activation, d2 * z, deviationStep * z);
  const sum = (z: number): number => activation.phi(d1 * z) + activation.phi(d2 * z);
  let distance = gaussianMean((z) => step(z) ** 2, options);
  let difference = gaussianMean((z) => step(z) * sum(z), options);
  if (kappa !== 0) {
    const meanStep = gaussianMean(step, options);
    distance -= kappa * meanStep ** 2;
    difference -= kappa * meanStep * gaussianMean(sum, options);
  }
  return { distance, difference };
}

/** The length in z on which φ(√q z) varies */
const scaleOf = ({ scale = 1 }: Activation, q: number): number => Math.min(1, scale / Math.sqrt(q));

const scaledKinks = ({ kinks }: Activation, q: number): number[] =>
  q === 0 ? [] : kinks.map((kink) => kink / Math.sqrt(q));
