/**
 * The Gaussian covariance of an activation on signals of mean square 1, as normalised signals have
 * (`shrinkage2021` §2.1): 𝔠[φ|ρ] = E φ(x) φ(y) for standard normal x, y of correlation ρ = 1 − gap, a power series Σ φ̂_k² ρ^k.
 */

import type { Activation } from '@meanfield/core';

import { checkGap } from '../arguments/signals.js';
import {
  furthestMethod,
  gaussianExpectations,
  type ExpectationMethod,
} from '../expectations/gaussian-expectations.js';
import { unitSeries } from './unit-series.js';

export interface UnitCovariance {
  readonly activation: Activation;
  readonly method: ExpectationMethod;
  /** φ̂_0 = E φ(z) */
  readonly mean: number;
  /** φ̂_1 = E φ'(z) */
  readonly slope: number;
  /** ‖φ‖² = 𝔠[φ|1] = E φ(z)² */
  readonly normSquare: number;
  /** ‖φ'‖² = 𝔠'[φ|1] = E φ'(z)² */
  readonly derivativeNormSquare: number;
  /** 𝔠[φ|1] − 𝔠[φ|1 − gap], gap in [0, 2], to relative accuracy */
  drop(gap: number): number;
  /** 𝔠'[φ|1 − gap] = 𝔠[φ'|1 − gap] */
  slopeAt(gap: number): number;
}

/** Errors of quadrature pass through. `drop` and `slopeAt` throw INVALID_ARGUMENT for a gap outside [0, 2]. */
export function unitCovariance(activation: Activation): UnitCovariance {
  const expectations = gaussianExpectations(activation);
  const { methods } = expectations;
  const derivativeNormSquare = expectations.derivativeMeanSquare(1);
  const { closedForms } = activation;
  const series =
    closedForms.productDrop === undefined && closedForms.derivativeProduct === undefined
      ? unitSeries(activation, derivativeNormSquare)
      : null;
  const of = series ?? {
    drop: (gap: number) => expectations.productDrop(1, 1, gap),
    slopeAt: (gap: number) => expectations.derivativeProduct(1, 1, gap),
  };
  return {
    activation,
    method: furthestMethod([
      methods.meanSquare,
      methods.derivativeMeanSquare,
      methods.productDrop,
      methods.derivativeProduct,
    ]),
    mean: expectations.mean(1),
    slope: expectations.derivativeMean(1),
    normSquare: expectations.meanSquare(1),
    derivativeNormSquare,
    drop(gap) {
      checkGap(gap);
      return of.drop(gap);
    },
    slopeAt(gap) {
      checkGap(gap);
      return gap === 0 ? derivativeNormSquare : of.slopeAt(gap);
    },
  };
}

/** `unitCovariance`, made once for every activation that is asked for. */
export function unitCovariances(): (activation: Activation) => UnitCovariance {
  const made = new WeakMap<Activation, UnitCovariance>();
  return (activation) => {
    const covariance = made.get(activation) ?? unitCovariance(activation);
    made.set(activation, covariance);
    return covariance;
  };
}
