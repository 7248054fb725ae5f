/**
 * The law of a layer's pre-activations, X = h/τ in units of the deviation τ of their Gaussian part, and what one layer
 * makes of it: X' = z + u φ(X) τ/τ'.
 *
 * Densities are held on nodes. Masses and moments are followed beside them, by
 *
 *   E (z + u y)₊^m − E (z + u y)₋^m = P(·), y E u, y² E u² + 1  (y ≥ 0, m = 0, 1, 2; P the mass that flows)
 *
 * with x₋ = max(0, −x): so they need only integrals of leaks, which decay, and power-law tails cost no digits.
 */

import type { SmoothedBeta } from './smoothed-beta.js';
import type { Panels } from './panels.js';
import { kernelTo, SIDES, type Passage, type Side } from './passage.js';

interface SideOfLaw {
  /** P(X on this side) */
  readonly mass: number;
  /** E |X| over this side */
  readonly mean: number;
  /** E X² over this side */
  readonly square: number;
  /** Of |X|, at the nodes */
  readonly density: Float64Array;
}

export type Law = readonly [SideOfLaw, SideOfLaw];

/** What passages bring to a side, short of the moments that flow as they are. */
export interface Arrivals {
  readonly density: Float64Array;
  readonly mass: number;
  readonly mean: number;
  readonly square: number;
}

const INVERSE_SQRT_2PI = 1 / Math.sqrt(2 * Math.PI);

export const normalDensity = (nodes: Float64Array): Float64Array =>
  nodes.map((h) => INVERSE_SQRT_2PI * Math.exp(-0.5 * h * h));

export const dot = (x: Float64Array, y: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
};

/** to += matrix · x */
export function addProduct(matrix: Float64Array, x: Float64Array, to: Float64Array): void {
  const n = x.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0, at = i * n; j < n; j++) sum += matrix[at + j]! * x[j]!;
    to[i]! += sum;
  }
}

export interface Source {
  readonly passage: Passage;
  readonly mass: number;
  readonly density: Float64Array;
}

/** Density, mass and noise part of the moments that two sides bring to `side`. */
export function arrivals(sources: readonly Source[], side: Side, nodes: Float64Array): Arrivals {
  const density = new Float64Array(nodes.length);
  let [mass, mean, square] = [0, 0, 0];
  for (const source of sources) {
    const { scale, to } = source.passage;
    if (scale === undefined) {
      // y = 0: a normal variable, half of it on either side.
      normalDensity(nodes).forEach((value, i) => (density[i]! += source.mass * value));
      mass += source.mass / 2;
      mean += source.mass * INVERSE_SQRT_2PI;
      square += source.mass / 2;
      continue;
    }
    const { kernels } = scale;
    const pulled = scale.pull(source.density);
    addProduct(kernelTo(source.passage, kernels.density, side), pulled, density);
    const leaks = kernels.leaks.map((leak) => dot(leak, pulled)) as [number, number, number];
    const stays = to === side;
    mass += stays ? source.mass - leaks[0] : leaks[0];
    mean += leaks[1];
    square += stays ? source.mass - leaks[2] : leaks[2];
  }
  return { density, mass, mean, square };
}

/** Mass that densities on nodes may lose or gain in a layer by rounding */
const ROUNDING = 1e-12;

/**
 * By how much a law's densities and what has y = 0 exceed a mass of 1, as a factor; 1 where mass is beyond the last node.
 * Put back in every layer, since what rounding adds would otherwise add up.
 */
function surplus(sources: readonly Source[], weights: Float64Array): number {
  let total = 0;
  for (const { passage, mass, density } of sources) {
    total += passage.scale === undefined ? mass : dot(weights, density);
  }
  return Math.abs(total - 1) < ROUNDING ? total : 1;
}

/** One layer on, where both units are known: `unit` = τ/τ'. */
export function nextLaw(
  law: Law,
  passages: readonly [Passage, Passage],
  { beta, panels, unit }: { readonly beta: SmoothedBeta; readonly panels: Panels; readonly unit: number },
): Law {
  const given = SIDES.map((side) => ({ passage: passages[side], ...law[side] }));
  const total = surplus(given, panels.weights);
  const sources = given.map((source) => ({
    ...source,
    mass: source.passage.scale === undefined ? source.mass / total : source.mass,
    density: source.density.map((p) => p / total),
  }));
  const onSide = (side: Side): SideOfLaw => {
    const arriving = arrivals(sources, side, panels.nodes);
    let { mean, square } = arriving;
    for (const source of sources) {
      if (source.passage.to !== side) continue;
      const ratio = source.passage.slope * unit;
      mean += beta.moment(1) * ratio * source.mean;
      square += beta.moment(2) * ratio ** 2 * source.square;
    }
    return { density: arriving.density, mass: arriving.mass, mean, square };
  };
  const [above, below] = [onSide(0), onSide(1)];
  const mass = above.mass + below.mass;
  return [
    { ...above, mass: above.mass / mass },
    { ...below, mass: below.mass / mass },
  ];
}
