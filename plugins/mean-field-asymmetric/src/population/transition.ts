/**
 * From moments of a layer's activations to what the next layer's pre-activations are made of.
 *
 *   h1 = τ z + u s,   h2 − h1 = x z + r z_⊥ + u Δ,   Δ = s2 − s1,   z, z_⊥ independent normals,
 *
 * with covariances of the Gaussian parts from `row-forms.ts`. The first signal so goes the way that it would go alone.
 * Gaps come from D = E (h2 − h1)² without cancellation:
 *
 *   1 − c = [D − (√q2 − √q1)²]/(2 √(q1 q2)),   q2 − q1 = 2 E h1 (h2 − h1) + D.
 *
 * Signals that are exchangeable have E s Δ = −E Δ²/2 and E Δ = 0, which then stand in for what samples say.
 */

import type { RowForms } from './row-forms.js';

/** Over the neurons of a layer; s = s1 */
export interface ActivationMoments {
  /** E s² */
  readonly square: number;
  /** E s */
  readonly mean: number;
  /** E φ'(h)² v, v = E[δ² | h] of an infinitesimal difference δ of pre-activations with E δ² = 1 and E[δ | h] = 0 */
  readonly spread: number;
  /** E s ṡ and E ṡ, where ṡ is how s changes with E h² as that grows by 1 */
  readonly lengthProduct: number;
  readonly lengthMean: number;
  /** E Δ², E s Δ, E Δ */
  readonly differenceSquare: number;
  readonly differenceProduct: number;
  readonly differenceMean: number;
  /** E Δ Δ̇, E s Δ̇, E Δ̇, where Δ̇ is how Δ changes with the gap */
  readonly gapSquare: number;
  readonly gapProduct: number;
  readonly gapMean: number;
}

export interface Transition {
  readonly q1: number;
  readonly q2: number;
  readonly gap: number;
  /** τ */
  readonly deviation: number;
  /** x, the part of the second signal's Gaussian excess that follows the first's, and r, the rest */
  readonly following: number;
  readonly rest: number;
  /** E h1 (h2 − h1) and D */
  readonly excessProduct: number;
  readonly excessSquare: number;
  /** χ₁, and the share of it that the Gaussian part has, without E φ'² v */
  readonly chi1: number;
  readonly spreadGaussian: number;
  /** dq1'/dq1, and how τ changes */
  readonly lengthSlope: number;
  readonly deviationSlope: number;
  /** dgap'/dgap, and how x and r change */
  readonly gapSlope: number;
  readonly followingSlope: number;
  readonly restSlope: number;
}

const SIGNALS = [1, 1] as const;
const MIXED = [1, 0] as const;
const DIFFERENCES = [0, 0] as const;

/** a/b, 0 where b is 0 */
const ratio = (a: number, b: number): number => (b === 0 ? 0 : a / b);

export function transition(forms: RowForms, m: ActivationMoments, exchangeable: boolean): Transition {
  const signal = { product: m.square, first: m.mean, second: m.mean, constants: SIGNALS };
  const tau2 = Math.max(0, forms.gaussian(signal));
  const deviation = Math.sqrt(tau2);
  const q1 = tau2 + forms.replaced(signal);

  const spread = { product: m.spread, first: 0, second: 0, constants: DIFFERENCES };
  const spreadGaussian = forms.gaussian(spread);

  const length = { product: m.lengthProduct, first: m.mean, second: m.lengthMean, constants: MIXED };
  const lengthGaussian = forms.gaussian(length);

  return {
    q1,
    ...pairTransition(forms, m, { exchangeable, q1, deviation }),
    deviation,
    chi1: spreadGaussian + forms.replaced(spread),
    spreadGaussian,
    lengthSlope: 2 * (lengthGaussian + forms.replaced(length)),
    deviationSlope: ratio(lengthGaussian, deviation),
  };
}

type PairTransition = Pick<
  Transition,
  | 'q2'
  | 'gap'
  | 'following'
  | 'rest'
  | 'excessProduct'
  | 'excessSquare'
  | 'gapSlope'
  | 'followingSlope'
  | 'restSlope'
>;

interface FirstSignal {
  readonly exchangeable: boolean;
  readonly q1: number;
  readonly deviation: number;
}

function pairTransition(
  forms: RowForms,
  m: ActivationMoments,
  { exchangeable, q1, deviation }: FirstSignal,
): PairTransition {
  const differenceMean = exchangeable ? 0 : m.differenceMean;
  const square = {
    product: m.differenceSquare,
    first: differenceMean,
    second: differenceMean,
    constants: DIFFERENCES,
  };
  const mixed = {
    product: m.differenceProduct,
    first: m.mean,
    second: differenceMean,
    constants: MIXED,
  };
  const gaussianSquare = Math.max(0, forms.gaussian(square));
  const excessSquare = gaussianSquare + forms.replaced(square);
  const gaussianProduct = exchangeable ? -gaussianSquare / 2 : forms.gaussian(mixed);
  const excessProduct = exchangeable ? -excessSquare / 2 : gaussianProduct + forms.replaced(mixed);
  const following = ratio(gaussianProduct, deviation);
  const rest = Math.sqrt(Math.max(0, gaussianSquare - following ** 2));
  const q2 = exchangeable ? q1 : Math.max(0, q1 + 2 * excessProduct + excessSquare);

  const gapMean = exchangeable ? 0 : m.gapMean;
  const squareSlope = {
    product: m.gapSquare,
    first: differenceMean,
    second: gapMean,
    constants: DIFFERENCES,
  };
  const mixedSlope = { product: m.gapProduct, first: m.mean, second: gapMean, constants: MIXED };
  const gaussianSquareSlope = forms.gaussian(squareSlope);
  const followingSlope = ratio(exchangeable ? -gaussianSquareSlope : forms.gaussian(mixedSlope), deviation);
  const root = Math.sqrt(q1) * Math.sqrt(q2);
  return {
    q2,
    gap: gapOf(q1, q2, excessProduct, excessSquare),
    following,
    rest,
    excessProduct,
    excessSquare,
    gapSlope: ratio(gaussianSquareSlope + forms.replaced(squareSlope), root),
    followingSlope,
    restSlope: ratio(gaussianSquareSlope - following * followingSlope, rest),
  };
}

function gapOf(q1: number, q2: number, excessProduct: number, excessSquare: number): number {
  const sum = Math.sqrt(q1) + Math.sqrt(q2);
  const rootDifference = q1 === q2 ? 0 : ratio(2 * excessProduct + excessSquare, sum);
  const gap = ratio(excessSquare - rootDifference ** 2, 2 * Math.sqrt(q1) * Math.sqrt(q2));
  return Math.min(2, Math.max(0, gap));
}
