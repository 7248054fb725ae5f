/** What theorists ask of the exact law by itself, without a map: its stationary shape, and both boundaries. */

import { MeanfieldError, show, type Activation, type ReplacedEntryRows } from '@meanfield/core';
import { kappaOf } from '@meanfield/numerics';

import type { TwoSlopes } from '../two-slopes.js';
import {
  correlationBoundary,
  deepDifferences,
  deepLayers,
  lengthBoundary,
  tailExponent,
  type Setting,
} from './deep-layers.js';
import { betaFamily, type BetaFamily } from './kernels.js';
import { interpolation } from './panels.js';

export interface ExactSetting {
  /** φ: a homogeneous activation, or its slopes for x > 0 and x < 0 */
  readonly activation: Activation | TwoSlopes;
  /** k > −1; default 0 */
  readonly correlationStrength?: number;
  /** Of the replaced entry u; default Beta(2, 1) */
  readonly replacement?: ReplacedEntryRows['replacement'];
}

export interface StationaryLaw {
  /** λ = E h'²/E h² of deep layers */
  readonly lengthGrowth: number;
  /** μ = E δ'²/E δ² of deep layers, δ the difference of two nearby signals */
  readonly sensitivityGrowth: number;
  /** P(h ≤ 0) */
  readonly deadFraction: number;
  /** E φ/√E φ² */
  readonly meanRatio: number;
  /** α: P(|h| > x) falls as x^−α; Infinity where it falls faster than any power */
  readonly tailExponent: number;
  /** Of h where E h² = 1 */
  density(h: number): number;
}

/**
 * The law that pre-activations of deep layers have in shape.
 *
 * @param weightVariance σ_w² > 0
 * @throws MeanfieldError INVALID_ARGUMENT for a φ that is not homogeneous or is 0, a σ_w² that is not above 0, k ≤ −1
 */
export function stationaryLaw({
  weightVariance,
  ...given
}: ExactSetting & { readonly weightVariance: number }): StationaryLaw {
  const { setting, kappa } = settingOf(given);
  if (!(weightVariance > 0 && Number.isFinite(weightVariance))) {
    throw invalid('a finite σ_w² above 0', show(weightVariance), 'choose a positive weight variance');
  }
  const { state, lengthGrowth } = deepLayers(setting, weightVariance, kappa);
  const { law, panels } = state;
  const deviation = 1 / Math.sqrt(law[0].square + law[1].square);
  return {
    lengthGrowth,
    sensitivityGrowth: deepDifferences(state, weightVariance).sensitivityGrowth,
    deadFraction: law[1].mass,
    meanRatio: state.inputMean / Math.sqrt(state.inputSquare),
    tailExponent: tailExponent(setting, state.growth),
    density(h) {
      const values = law[h > 0 ? 0 : 1].density;
      const row = interpolation(panels, Math.abs(h) / deviation);
      if (row === undefined) return 0;
      const sum = row.coefficients.reduce((total, c, i) => total + c * values[row.first + i]!, 0);
      return Math.max(0, sum) / deviation;
    },
  };
}

/**
 * σ_w² below which lengths are bounded (λ < 1), and below which nearby signals approach (μ < 1); null where that is at no
 * σ_w² above 0.
 *
 * @throws MeanfieldError INVALID_ARGUMENT for a φ that is not homogeneous or is 0, and k ≤ −1
 */
export function exactBoundaries(given: ExactSetting): {
  readonly length: number | null;
  readonly correlation: number | null;
} {
  const { setting, kappa } = settingOf(given);
  return {
    length: lengthBoundary(setting, kappa) ?? null,
    correlation: correlationBoundary(setting, kappa) ?? null,
  };
}

/** Of the replaced entry's law that was asked for last: most questions come in rows, over σ_w² or k */
let latest: { readonly a: number; readonly b: number; readonly family: BetaFamily } | undefined;

function familyOf(a: number, b: number): BetaFamily {
  if (latest?.a !== a || latest.b !== b) latest = { a, b, family: betaFamily(a, b) };
  return latest.family;
}

function settingOf({
  activation,
  correlationStrength = 0,
  replacement = { law: 'beta', a: 2, b: 1 },
}: ExactSetting): { readonly setting: Setting; readonly kappa: number } {
  const { a, b } = replacement;
  if (!(a > 0 && b > 0 && Number.isFinite(a) && Number.isFinite(b))) {
    throw invalid(
      'finite positive parameters of a beta law',
      `${show(a)} and ${show(b)}`,
      'choose both above 0',
    );
  }
  return {
    setting: { family: familyOf(a, b), slopes: slopesOf(activation) },
    kappa: kappaOf(correlationStrength),
  };
}

function slopesOf(activation: Activation | TwoSlopes): TwoSlopes {
  if ('phi' in activation && !activation.homogeneous) {
    throw invalid('a homogeneous activation', activation.name, 'use ReLU, leaky ReLU, or a population');
  }
  const slopes = 'phi' in activation ? { right: activation.phi(1), left: -activation.phi(-1) } : activation;
  const { right, left } = slopes;
  if (Number.isFinite(right) && Number.isFinite(left) && (right !== 0 || left !== 0)) return slopes;
  throw invalid('two finite slopes that are not both 0', `${right} and ${left}`, 'choose another activation');
}

const invalid = (expected: string, found: string, remedy: string): MeanfieldError =>
  new MeanfieldError({ code: 'INVALID_ARGUMENT', expected, found, remedy });
