/**
 * What a population's map tends to for q → ∞: a homogeneous φ with the slopes a± = lim φ(x)/x, to which the constant
 * input adds nothing, in the shape that its layers settle to.
 */

import type { Activation } from '@meanfield/core';

import type { PopulationLayers } from './population-layers.js';

export interface Limits {
  /** Of V(q)/q */
  readonly lengthGrowth: number;
  readonly chi1: number;
}

const FAR = 1e150;
/** φ(x)/x at `FAR` beyond these is 0, as for √|x| or tanh, or infinite, as for x². */
const SMALLEST_SLOPE = 1e-60;
const LARGEST_SLOPE = 1e60;

function slopeTowards(activation: Activation, sign: 1 | -1): number {
  const slope = activation.phi(sign * FAR) / (sign * FAR);
  if (Math.abs(slope) < SMALLEST_SLOPE) return 0;
  return Math.abs(slope) < LARGEST_SLOPE ? slope : Infinity;
}

export interface AsymptoticSlopes {
  /** a₊; Infinity where φ outgrows every line */
  readonly right: number;
  /** a₋ */
  readonly left: number;
}

export const asymptoticSlopes = (activation: Activation): AsymptoticSlopes => ({
  right: slopeTowards(activation, 1),
  left: slopeTowards(activation, -1),
});

/** a₊ x for x > 0, a₋ x for x < 0 */
export function homogeneousLimit({ right, left }: AsymptoticSlopes): Activation {
  const square = (right ** 2 + left ** 2) / 2;
  return {
    name: 'its limit at large |x|',
    phi: (x) => (x > 0 ? right * x : left * x),
    derivative: (x) => (x > 0 ? right : left),
    kinks: [0],
    homogeneous: true,
    closedForms: {
      mean: (q) => (right - left) * Math.sqrt(q / (2 * Math.PI)),
      meanSquare: (q) => square * q,
      derivativeMeanSquare: () => square,
      meanSquareSlope: () => square,
      derivativeProduct: () => square,
    },
    tensorForm: (x) => x,
  };
}

const MAX_LAYERS = 20_000;
/** Relative change from one layer to the next that counts as none */
const REPEATED = 1e-14;

/** Growth of lengths and χ₁ in the shape that equal signals settle to, of layers followed in units of their length. */
export function settledLimits(layers: PopulationLayers): Limits {
  let state = layers.start({ q1: 1, q2: 1, gap: 0 });
  let { lengthSlope, chi1 } = layers.linearise(state);
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    state = layers.step(state);
    const latest = layers.linearise(state);
    const settled =
      Math.abs(latest.lengthSlope - lengthSlope) <= REPEATED * lengthSlope &&
      Math.abs(latest.chi1 - chi1) <= REPEATED * chi1;
    ({ lengthSlope, chi1 } = latest);
    if (settled) break;
  }
  return { lengthGrowth: lengthSlope, chi1 };
}
