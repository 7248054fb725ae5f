/**
 * Stationary laws and growth factors at a weight variance and strength of correlation, and the boundaries where they
 * are 1: the equations of `stationary.ts` solved for λ and μ.
 *
 * Measured relative error of λ, μ, P(h ≤ 0) and the mean ratio: 2e-11 is the bound tested against direct density evolution
 * (test/fixtures, itself exact to about 1e-12) over five laws Beta(a, b), a from ½ to 3, b from ½ to 2, and four φ; against
 * panels half as long and farther reaching, 1e-12 for σ_w² from 1e-6 to 1e6 with Beta(2, 1).
 */

import { brent } from '@meanfield/numerics';

import type { TwoSlopes } from '../two-slopes.js';
import { loopSlope } from './flow.js';
import type { BetaFamily } from './kernels.js';
import { nextSpread, type Spread } from './layer-law.js';
import { panelsTo, type Panels } from './panels.js';
import { proportionalRoot } from './proportional-root.js';
import { criticalGrowth, differences, stationary, type Stationary } from './stationary.js';

export interface Setting {
  readonly family: BetaFamily;
  readonly slopes: TwoSlopes;
}

/** Deep layers at one σ_w² and κ. */
export interface DeepLayers {
  readonly state: Stationary;
  /** λ */
  readonly lengthGrowth: number;
}

export interface DeepDifferences {
  /** μ */
  readonly sensitivityGrowth: number;
  readonly spread: Spread;
}

/** Panels reach at least so far: laws without power-law tails end before */
const LEAST_REACH = 24;
/** Of a power-law tail all but this share is within reach */
const TAIL_SHARE = 1e-13;
const FARTHEST = 1e6;
const BULK_DEVIATIONS = 12;

/** α > 2 with E u^α (a/g)^α = 1, a the loop's slope: P(|X| > h) falls as h^−α. Infinity where a ≤ g. */
export function tailExponent({ family, slopes }: Setting, growth: number): number {
  const rate = Math.log(loopSlope(slopes) / growth);
  if (!(rate > 0)) return Infinity;
  const logMoment = (s: number): number => Math.log(family.beta.moment(s)) + s * rate;
  let high = 4;
  while (logMoment(high) < 0 && high < 1e9) high *= 2;
  const result = brent(logMoment, Math.max(2, high / 2 === 2 ? 2 : high / 2), high);
  return result.status === 'converged' ? result.root : result.status === 'no-sign-change' ? 2 : Infinity;
}

function panelsFor(setting: Setting, excess: number): Panels {
  const growth = Math.sqrt(criticalGrowth(setting.family, setting.slopes) + excess);
  const exponent = tailExponent(setting, growth);
  // What stays on the loop of sides adds up to deviations of √(λ/excess), far out where u hardly varies.
  const bulk = growth / Math.sqrt(excess);
  const reach = Math.min(FARTHEST, Math.max(BULK_DEVIATIONS * bulk, 8 * TAIL_SHARE ** (-1 / exponent)));
  return setting.family.panels(panelsTo(Math.max(LEAST_REACH, reach)));
}

function stationaryAt(setting: Setting, excess: number): Stationary {
  return stationary({ ...setting, panels: panelsFor(setting, excess), excess });
}

/** σ_w² of a stationary law: 1/(m₂ − κ m₁²) */
const weightVarianceOf = ({ inputMean, inputSquare }: Stationary, kappa: number): number =>
  1 / (inputSquare - kappa * inputMean ** 2);

/** σ_w² > 0 and a φ that is not 0 */
export function deepLayers(setting: Setting, weightVariance: number, kappa: number): DeepLayers {
  const { right, left } = setting.slopes;
  const gaussian = (right ** 2 + left ** 2) / 2 - (kappa * (right - left) ** 2) / (2 * Math.PI);
  const target = Math.log(weightVariance);
  let state: Stationary | undefined;
  const excess = proportionalRoot(
    (x) => {
      state = stationaryAt(setting, Math.exp(x));
      return Math.log(weightVarianceOf(state, kappa)) - target;
    },
    Math.log(weightVariance * gaussian),
  );
  const exact = Math.exp(excess);
  if (state?.excess !== exact) state = stationaryAt(setting, exact);
  return { state, lengthGrowth: criticalGrowth(setting.family, setting.slopes) + exact };
}

/** Above it, relative to the critical growth, the equations in the excess hold their digits */
const LEAST_EXCESS = 1e-9;

/** The growth of differences on a stationary law that belongs to σ_w². */
export function deepDifferences(state: Stationary, weightVariance: number): DeepDifferences {
  const target = Math.log(weightVariance);
  const at = differences(state);
  const critical = criticalGrowth(state.family, state.slopes);
  // Where λ exceeds the loop's slope squared, tails are light and differences may grow by less than the critical factor.
  const light = state.growth > loopSlope(state.slopes);
  if (light && !(weightVariance * at(LEAST_EXCESS * critical).handedOn > 1)) {
    return followedDifferences(state, weightVariance);
  }
  const { right, left } = state.slopes;
  const handedOn = right ** 2 * state.law[0].mass + left ** 2 * state.law[1].mass;
  const excess = proportionalRoot(
    (x) => -Math.log(at(Math.exp(x)).handedOn) - target,
    Math.log(weightVariance * handedOn),
  );
  const exact = Math.exp(excess);
  const { densities, masses } = at(exact);
  const total = masses[0] + masses[1];
  const normalised = (density: Float64Array): Float64Array => density.map((w) => w / total);
  return {
    sensitivityGrowth: critical + exact,
    spread: {
      densities: [normalised(densities[0]), normalised(densities[1])],
      shares: [masses[0] / total, masses[1] / total],
    },
  };
}

const MAX_LAYERS = 10_000;

/** The same, layer after layer until the growth repeats; for laws with light tails. */
function followedDifferences(state: Stationary, weightVariance: number): DeepDifferences {
  const { law, passages } = state;
  let spread: Spread = {
    densities: [law[0].density, law[1].density],
    shares: [law[0].mass, law[1].mass],
  };
  let growth = 0;
  for (let layer = 0; layer < MAX_LAYERS; layer++) {
    const next = nextSpread(spread, passages, law, { ...state, weightVariance });
    const repeats = Math.abs(next.chi1 - growth) <= 4 * Number.EPSILON * growth;
    growth = next.chi1;
    spread = next.spread;
    if (repeats) break;
  }
  return { sensitivityGrowth: growth, spread };
}

/** λ = 1: σ_w², or undefined where lengths grow at every σ_w². */
export function lengthBoundary(setting: Setting, kappa: number): number | undefined {
  const excess = 1 - criticalGrowth(setting.family, setting.slopes);
  return excess > 0 ? weightVarianceOf(stationaryAt(setting, excess), kappa) : undefined;
}

/** μ = 1: σ_w², or undefined where differences grow at every σ_w². */
export function correlationBoundary(setting: Setting, kappa: number): number | undefined {
  const excess = 1 - criticalGrowth(setting.family, setting.slopes);
  if (!(excess > 0)) return undefined;
  let weightVariance = 0;
  proportionalRoot((x) => {
    const state = stationaryAt(setting, Math.exp(x));
    weightVariance = weightVarianceOf(state, kappa);
    return Math.log(differences(state)(excess).handedOn * weightVariance);
  }, Math.log(excess));
  return weightVariance;
}
