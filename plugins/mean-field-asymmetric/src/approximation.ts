/**
 * The approximations of `singh2021` app. B and C for rows with one replaced entry, in numbers.
 *
 * With q_s the mean square of the activations that feed a layer, its pre-activations are taken as
 *
 *   h = √q_s (τ z + ν u),   z ~ N(0, 1),   u ~ Beta(a, b),   τ² = σ_w² (1 − κ ρ),
 *
 * ρ = (E s)²/E s² as for Gaussian pre-activations (1/π for ReLU; app. C.1). The replaced entry's input is its root
 * mean square, ν = 1 ('rms'), or its mean, ν = √ρ with the mean's sign ('mean').
 *
 *   length growth   ζ  = E φ(τ z + ν u)²                                     (app. B.1, C.1)
 *   χ₁                 = σ_w² E φ'(σ_w z + ν u)²                             (eq. B.2)
 *
 * App. C.2 takes eq. B.2 over to κ ≠ 0 unchanged, with σ_w where the length map has τ; so does this file. The gap
 * of two signals' activations then falls by σ_w² E φ'(v1) φ'(v2) for each unit of gap,
 * v1, v2 = σ_w z1 + ν u, σ_w z2 + ν u with corr(z1, z2) = 1 − gap = cos ω, which integrates to
 *
 *   drop(gap) = σ_w² { gap E φ'(σ_w z + ν u)²
 *               − (a₊ − a₋)²/π ∫₀^{ω/2} (gap − 2 sin² θ) E exp(−ν² u²/(2 σ_w² cos² θ)) dθ }
 *
 * (bivariate normal orthants by Owen's T function, and one integration by parts; ν = 0 gives the arc-cosine kernel).
 *
 * Method: `betaRule` in u, panels of 48 Gauss–Legendre nodes in θ.
 * Measured maximum relative error, σ_w² from 1e-3 to 1e6, gaps from 1e-12 to 2, against orthants by Owen's T: ζ 1.3e-15,
 * χ₁ 1.2e-15, slope of the drop 1.2e-15 of χ₁, drop 3e-14 (7e-14 for |x| beside gap 2, where it cancels).
 */

import { gaussLegendre } from '@meanfield/numerics';

import { betaMean, type BetaRule } from './beta-mean.js';
import {
  meanShare,
  shiftedDeadFraction,
  shiftedDerivativeMeanSquare,
  shiftedMean,
  shiftedMeanSquare,
  type TwoSlopes,
} from './two-slopes.js';

export type Method = 'rms' | 'mean';

export interface ApproximationInput {
  readonly slopes: TwoSlopes;
  /** The law of the replaced entry u */
  readonly rule: BetaRule;
  readonly method: Method;
  /** σ_w² */
  readonly weightVariance: number;
  readonly kappa: number;
}

/** Lengths here are mean squares; gap is one less the correlation of two signals' activations, in [0, 2]. */
export interface Approximation {
  /** E h²/q_s = τ² + ν² E u²: from activations to the pre-activations of the layer that they feed */
  readonly preActivationShare: number;
  /** ζ = q_s'/q_s */
  readonly lengthGrowth: number;
  /** E φ(h)/√q_s */
  readonly mean: number;
  /** P(h ≤ 0) */
  readonly deadFraction: number;
  /** χ₁ */
  readonly chi1: number;
  readonly drop: (gap: number) => number;
  /** d drop/d gap */
  readonly dropSlope: (gap: number) => number;
}

/** Nodes in a panel of angles */
const ANGLES = 48;
const PANEL_GROWTH = 4;

/** ω/2 with cos ω = 1 − gap */
const halfAngle = (gap: number): number => Math.atan2(Math.sqrt(gap), Math.sqrt(2 - gap));

/**
 * [0, end] in panels that shrink towards θ = π/2, where the damping sets in within about `width` = |ν|/σ_w. One
 * panel unless both weights and gap are large.
 */
function anglePanels(end: number, width: number): number[] {
  const breaks = [end];
  if (width > 0) {
    for (let distance = width; distance < Math.PI / 2; distance *= PANEL_GROWTH) {
      const theta = Math.PI / 2 - distance;
      if (theta < end) breaks.push(theta);
    }
  }
  return [...breaks, 0].reverse();
}

function overPanels(breaks: readonly number[], f: (theta: number) => number): number {
  const { nodes, weights } = gaussLegendre(ANGLES);
  let total = 0;
  for (let panel = 1; panel < breaks.length; panel++) {
    const start = breaks[panel - 1]!;
    const half = (breaks[panel]! - start) / 2;
    let sum = 0;
    for (let i = 0; i < ANGLES; i++) sum += weights[i]! * f(start + half * (1 + nodes[i]!));
    total += half * sum;
  }
  return total;
}

export function approximation(input: ApproximationInput): Approximation {
  const { slopes, rule, method, weightVariance, kappa } = input;
  const share = meanShare(slopes);
  const nu = method === 'rms' ? 1 : Math.sign(slopes.right - slopes.left) * Math.sqrt(share);
  const gaussianShare = weightVariance * Math.max(0, 1 - kappa * share);
  const sigma = Math.sqrt(weightVariance);
  const tau = Math.sqrt(gaussianShare);
  const chi1 =
    sigma === 0
      ? 0
      : weightVariance * betaMean(rule, (u) => shiftedDerivativeMeanSquare(slopes, nu * u, sigma));
  const contrast = (weightVariance * (slopes.right - slopes.left) ** 2) / Math.PI;

  /** E exp(−ν² u²/(2 σ_w² cos² θ)) */
  const damping = (theta: number): number => {
    const rate = nu ** 2 / (2 * weightVariance * Math.cos(theta) ** 2);
    return betaMean(rule, (u) => Math.exp(-rate * u * u));
  };
  const overAngles = (gap: number, factor: (theta: number) => number): number =>
    contrast === 0
      ? 0
      : overPanels(
          anglePanels(halfAngle(gap), Math.abs(nu) / sigma),
          (theta) => factor(theta) * damping(theta),
        );
  return {
    preActivationShare: gaussianShare + nu ** 2 * betaMean(rule, (u) => u * u),
    lengthGrowth: betaMean(rule, (u) => shiftedMeanSquare(slopes, nu * u, tau)),
    mean: betaMean(rule, (u) => shiftedMean(slopes, nu * u, tau)),
    deadFraction: betaMean(rule, (u) => shiftedDeadFraction(nu * u, tau)),
    chi1,
    drop(gap) {
      const end = halfAngle(gap);
      // gap − 2 sin² θ = 2 sin(ω/2 − θ) sin(ω/2 + θ)
      return (
        gap * chi1 - contrast * overAngles(gap, (theta) => 2 * Math.sin(end - theta) * Math.sin(end + theta))
      );
    },
    dropSlope: (gap) => chi1 - contrast * overAngles(gap, () => 1),
  };
}
