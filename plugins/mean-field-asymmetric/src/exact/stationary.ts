/**
 * The stationary law X = z + u φ(X)/g of layers whose lengths grow by λ = g² each, and the growth of differences on it.
 *
 * It depends on g, φ and the law of u alone. With m₁ = E φ(X)/g, m₂ = E φ(X)²/g² the weight variance that has it is
 *
 *   1/σ_w² = m₂ − κ m₁².
 *
 * W(h) = E[δ² | h] p(h), δ the difference of two nearby signals' pre-activations, grows by μ with E φ'² δ² = 1 where
 *
 *   (μ − U) W = σ_w² p,   U W(h) = ∫ E_u u² n(h − u φ(h')/g) φ'(h')² W(h') dh',   so   1/σ_w² = ∫ φ'² (μ − U)⁻¹ p.
 *
 * Method: both by linear systems on the nodes of `panels.ts`; masses and moments by `flow.ts`.
 */

import type { TwoSlopes } from '../two-slopes.js';
import { loopSlope, solveFlow, type PerSide } from './flow.js';
import type { BetaFamily } from './kernels.js';
import { addProduct, arrivals, dot, normalDensity, type Law } from './law.js';
import type { Panels } from './panels.js';
import { kernelTo, otherSide, passages, SIDES, type Passage, type Side } from './passage.js';
import { resolvent } from './resolvent.js';

export interface StationaryInput {
  readonly family: BetaFamily;
  readonly panels: Panels;
  readonly slopes: TwoSlopes;
  /** λ less its critical value E u² · loopSlope², above 0 */
  readonly excess: number;
}

export interface Stationary extends StationaryInput {
  readonly law: Law;
  /** √λ */
  readonly growth: number;
  readonly passages: readonly [Passage, Passage];
  /** m₁, m₂ */
  readonly inputMean: number;
  readonly inputSquare: number;
}

export const criticalGrowth = (family: BetaFamily, slopes: TwoSlopes): number =>
  family.beta.moment(2) * loopSlope(slopes) ** 2;

export function stationary(input: StationaryInput): Stationary {
  const { family, panels, slopes, excess } = input;
  const growth = Math.sqrt(criticalGrowth(family, slopes) + excess);
  const paths = passages(family, panels, slopes, 1 / growth);
  const densities = stationaryDensities(panels, paths);
  const masses = densities.map((density) => (density === undefined ? 0 : dot(panels.weights, density)));
  const atom = 1 - masses[0]! - masses[1]!;
  const sources = SIDES.map((side) => ({
    passage: paths[side],
    mass: densities[side] === undefined ? atom : masses[side]!,
    density: densities[side] ?? new Float64Array(panels.nodes.length),
  }));
  const onSides = SIDES.map((side) => arrivals(sources, side, panels.nodes));
  const { beta } = family;
  const mean = beta.moment(1);
  const means = solveFlow({ slopes, order: 1, moment: mean, excess: growth - mean * loopSlope(slopes) }, [
    onSides[0]!.mean,
    onSides[1]!.mean,
  ]);
  const squares = solveFlow({ slopes, order: 2, moment: beta.moment(2), excess }, [
    onSides[0]!.square,
    onSides[1]!.square,
  ]);
  const total = onSides[0]!.mass + onSides[1]!.mass;
  const side = (at: Side): Law[0] => ({
    mass: onSides[at]!.mass / total,
    mean: means[at],
    square: squares[at],
    density: onSides[at]!.density,
  });
  const { right, left } = slopes;
  return {
    ...input,
    law: [side(0), side(1)],
    growth,
    passages: paths,
    inputMean: (right * means[0] - left * means[1]) / growth,
    inputSquare: (right ** 2 * squares[0] + left ** 2 * squares[1]) / growth ** 2,
  };
}

const activeSides = (paths: readonly [Passage, Passage]): readonly Side[] =>
  SIDES.filter((side) => paths[side].scale !== undefined);

/** A vector of masses at the nodes of the active sides, one after another, by side. */
const blockOf = (
  x: Float64Array,
  active: readonly Side[],
  side: Side,
  n: number,
): Float64Array | undefined => {
  const block = active.indexOf(side);
  return block < 0 ? undefined : x.slice(block * n, (block + 1) * n);
};

/**
 * What `pick` of the kernels makes of masses on the active sides; those of differences count with the slope's square. Masses at
 * nodes, density times weight, rather than densities: far nodes have weights so large that rounding would show.
 */
function operator(
  panels: Panels,
  paths: readonly [Passage, Passage],
  pick: 'density' | 'square',
): (x: Float64Array) => Float64Array {
  const active = activeSides(paths);
  const { weights } = panels;
  const n = weights.length;
  return (x) => {
    const out = new Float64Array(x.length);
    active.forEach((source, column) => {
      const path = paths[source];
      const { scale } = path;
      if (scale === undefined) return;
      const factor = pick === 'square' ? path.slope ** 2 : 1;
      const density = weights.map((weight, i) => (factor * x[column * n + i]!) / weight);
      const pulled = scale.pull(density);
      active.forEach((target, row) => {
        addProduct(kernelTo(path, scale.kernels[pick], target), pulled, out.subarray(row * n, (row + 1) * n));
      });
    });
    for (let i = 0; i < out.length; i++) out[i]! *= weights[i % n]!;
    return out;
  };
}

const densityOf = (masses: Float64Array, { weights }: Panels): Float64Array =>
  masses.map((mass, i) => mass / weights[i]!);

/**
 * Densities on the sides where φ does not vanish; the other one counts by its mass alone.
 *
 * p = K p + (1 − ∫p) n, with n the normal density: what has y = 0 comes back as n. Where no side has, ∫p = 1 makes
 * the added term vanish, and without it the system would be singular.
 */
function stationaryDensities(
  panels: Panels,
  paths: readonly [Passage, Passage],
): readonly [Float64Array | undefined, Float64Array | undefined] {
  const active = activeSides(paths);
  const n = panels.nodes.length;
  const normal = normalDensity(panels.nodes).map((value, i) => value * panels.weights[i]!);
  const renewed = new Float64Array(active.length * n).map((_, i) => normal[i % n]!);
  const pushed = operator(panels, paths, 'density');
  const solution = resolvent((x) => {
    const total = x.reduce((sum, mass) => sum + mass, 0);
    return pushed(x).map((mass, i) => mass - total * renewed[i]!);
  }, renewed)(1);
  const onSide = (side: Side): Float64Array | undefined => {
    const masses = blockOf(solution, active, side, n);
    return masses === undefined ? undefined : densityOf(masses, panels);
  };
  return [onSide(0), onSide(1)];
}

/** What stands for W: its density on the sides where φ' does not vanish, and its mass on both. */
export interface Differences {
  readonly densities: readonly [Float64Array, Float64Array];
  readonly masses: PerSide;
  /** ∫ φ'² W = ∫ φ'² (μ − U)⁻¹ p */
  readonly handedOn: number;
}

/** (μ − U)⁻¹ p for any μ = E u² · loopSlope² + excess. */
export function differences(state: Stationary): (excess: number) => Differences {
  const { family, panels, slopes, law, passages: paths } = state;
  const active = activeSides(paths);
  const n = panels.nodes.length;
  const critical = criticalGrowth(family, slopes);
  const moment = family.beta.moment(2);
  const input = new Float64Array(active.length * n);
  active.forEach((side, block) => {
    input.set(
      law[side].density.map((p, i) => p * panels.weights[i]!),
      block * n,
    );
  });
  const solve = resolvent(operator(panels, paths, 'square'), input);
  return (excess) => {
    const mu = critical + excess;
    const solution = solve(mu);
    const onSide = (side: Side): Float64Array => {
      const masses = blockOf(solution, active, side, n);
      return masses === undefined ? new Float64Array(n) : densityOf(masses, panels);
    };
    const densities = [onSide(0), onSide(1)] as const;
    const brought: [number, number] = [law[0].mass, law[1].mass];
    for (const side of active) {
      const { scale, slope, to } = paths[side];
      if (scale === undefined) continue;
      const leaked = slope ** 2 * dot(scale.kernels.squareLeak, scale.pull(densities[side]));
      brought[to] -= leaked;
      brought[otherSide(to)] += leaked;
    }
    const masses = solveFlow({ slopes, order: 2, moment, excess }, [brought[0] / mu, brought[1] / mu]);
    const handedOn = slopes.right ** 2 * masses[0] + slopes.left ** 2 * masses[1];
    return { densities, masses, handedOn };
  };
}
