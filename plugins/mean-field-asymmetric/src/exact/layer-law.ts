/**
 * A layer as the exact law knows it, and the next one: density evolution from Gaussian pre-activations on.
 *
 * Lengths are normalised to E h² = 1: φ is homogeneous, so that the law of h/√q does not depend on q. Beside the law goes
 * that of small differences, W(h) = E[δ² | h] p(h) over E δ²:
 *
 *   q'/q       = τ'² E X'²,  τ'² = σ_w² (E φ² − κ (E φ)²)
 *   χ₁         = E δ'²/E δ²
 *   W'(h') χ₁  = σ_w² E[φ'² δ²] p'(h') + ∫ E_u[u² n(h' − u φ(h)/τ')] φ'(h)² W(h) dh
 */

import type { TwoSlopes } from '../two-slopes.js';
import type { PerSide } from './flow.js';
import type { BetaFamily } from './kernels.js';
import { addProduct, dot, nextLaw, normalDensity, type Law } from './law.js';
import type { Panels } from './panels.js';
import { kernelTo, passages, SIDES, type Passage, type Side } from './passage.js';

/** W, of total 1: by its density on both sides and its share on them. */
export interface Spread {
  readonly densities: readonly [Float64Array, Float64Array];
  readonly shares: PerSide;
}

export interface LayerLaw {
  /** τ, where E h² = 1 */
  readonly deviation: number;
  readonly law: Law;
  readonly spread: Spread;
}

export interface LayerStep {
  readonly next: LayerLaw;
  /** q'/q */
  readonly growth: number;
  readonly chi1: number;
}

export interface LayerParts {
  readonly family: BetaFamily;
  readonly panels: Panels;
  readonly slopes: TwoSlopes;
  /** σ_w² */
  readonly weightVariance: number;
  readonly kappa: number;
}

/** σ_w² = 0 is taken as its limit from above, in which the Gaussian part still decides the sign of what is 0 */
export const SMALLEST_VARIANCE = 1e-200;

export function gaussianLayer(panels: Panels): LayerLaw {
  const density = normalDensity(panels.nodes);
  const side = { mass: 0.5, mean: 1 / Math.sqrt(2 * Math.PI), square: 0.5, density };
  return {
    deviation: 1,
    law: [side, side],
    spread: { densities: [density, density], shares: [0.5, 0.5] },
  };
}

/** E φ(h)² and E φ(h), where E h² = 1 */
export function activityOf(
  { deviation, law }: LayerLaw,
  { right, left }: TwoSlopes,
): { readonly meanSquare: number; readonly mean: number } {
  return {
    meanSquare: deviation ** 2 * (right ** 2 * law[0].square + left ** 2 * law[1].square),
    mean: deviation * (right * law[0].mean - left * law[1].mean),
  };
}

export function layerStep(layer: LayerLaw, parts: LayerParts): LayerStep {
  const { family, panels, slopes, kappa } = parts;
  const { beta } = family;
  const weightVariance = Math.max(parts.weightVariance, SMALLEST_VARIANCE);
  const { meanSquare, mean } = activityOf(layer, slopes);
  if (meanSquare === 0) return { next: gaussianLayer(panels), growth: 0, chi1: 0 };
  const deviation = Math.sqrt(weightVariance * (meanSquare - kappa * mean ** 2));
  const unit = layer.deviation / deviation;
  const paths = passages(family, panels, slopes, unit);
  const law = nextLaw(layer.law, paths, { beta, panels, unit });
  const square = law[0].square + law[1].square;
  const { spread, chi1 } = nextSpread(layer.spread, paths, law, { ...parts, weightVariance });
  return {
    next: { deviation: 1 / Math.sqrt(square), law, spread },
    growth: deviation ** 2 * square,
    chi1,
  };
}

/** Shares that densities on nodes have to this are theirs */
const ROUNDING = 1e-12;

/**
 * Shares read off the densities, unless some is beyond the last node. What rounding leaves to the shares alone would grow
 * by E u² a layer, which light tails do not.
 */
const sharesOnNodes = ({ densities, shares }: Spread, { weights }: Panels): PerSide => {
  const onNodes: PerSide = [dot(weights, densities[0]), dot(weights, densities[1])];
  const all = SIDES.every((side) => Math.abs(onNodes[side] - shares[side]) < ROUNDING);
  return all ? onNodes : shares;
};

/** The W of the layer whose law is `law`, from that of the layer below. */
export function nextSpread(
  spread: Spread,
  paths: readonly [Passage, Passage],
  law: Law,
  { family, panels, slopes, weightVariance }: Omit<LayerParts, 'kappa'>,
): { readonly spread: Spread; readonly chi1: number } {
  const { densities } = spread;
  const shares = sharesOnNodes(spread, panels);
  const handedOn = weightVariance * (slopes.right ** 2 * shares[0] + slopes.left ** 2 * shares[1]);
  const onSide = (side: Side): { density: Float64Array; share: number } => {
    const density = law[side].density.map((p) => handedOn * p);
    let share = handedOn * law[side].mass;
    for (const source of SIDES) {
      const { scale, slope, to } = paths[source];
      if (scale === undefined) continue;
      const pulled = scale.pull(densities[source]).map((w) => slope ** 2 * w);
      addProduct(kernelTo(paths[source], scale.kernels.square, side), pulled, density);
      const leaked = dot(scale.kernels.squareLeak, pulled);
      share += to === side ? family.beta.moment(2) * slope ** 2 * shares[source] - leaked : leaked;
    }
    return { density, share };
  };
  const [above, below] = [onSide(0), onSide(1)];
  const chi1 = above.share + below.share;
  const normalised = (density: Float64Array): Float64Array => density.map((w) => w / chi1);
  return {
    chi1,
    spread: {
      densities: [normalised(above.density), normalised(below.density)],
      shares: [above.share / chi1, below.share / chi1],
    },
  };
}
