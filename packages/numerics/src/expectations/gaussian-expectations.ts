/**
 * All Gaussian expectations of an activation: closed form where the activation has one, else a Hermite series
 * (smooth φ, while it converges), else quadrature. See the headers of the files beside this one for methods and
 * measured errors.
 */

import type { Activation, GaussianClosedForms } from '@meanfield/core';

import { checkGap, checkVariance, offLimits, settle } from './arguments.js';
import * as one from './one-dimensional.js';
import { derivativeSeries, seriesCovariance, seriesDerivativeProduct, seriesDrop } from './smooth-series.js';
import { quadratureDrop, quadratureProduct } from './two-dimensional.js';

/** Arguments as in `GaussianClosedForms`: q, q1, q2 ≥ 0 variances of pre-activations, gap = 1 − c in [0, 2]. */
export interface GaussianExpectations extends Required<GaussianClosedForms> {
  readonly methods: Readonly<Record<keyof GaussianClosedForms, 'closed form' | 'quadrature'>>;
}

/** Series of recent variances that an instance keeps, the oldest dropped first */
const KEPT_SERIES = 32;

/**
 * The expectations of one activation. Every function throws INVALID_ARGUMENT for a negative or NaN variance and for
 * a gap outside [0, 2]. q = 0 gives φ(0) and the limits from above of what needs φ'; q = Infinity gives the limit of
 * a φ that levels off, Infinity for one that grows like a power.
 */
export function gaussianExpectations(activation: Activation): GaussianExpectations {
  const forms = activation.closedForms;
  const integrals = quadratures(activation);
  const method = (name: keyof GaussianClosedForms): 'closed form' | 'quadrature' =>
    forms[name] === undefined ? 'quadrature' : 'closed form';
  const ofOne = (name: OneVariance) => {
    const compute = forms[name]?.bind(forms) ?? integrals[name];
    return (q: number): number => {
      checkVariance(q);
      return compute(q);
    };
  };
  const ofTwo = (name: TwoVariances) => {
    const compute = forms[name]?.bind(forms) ?? integrals[name];
    return (q1: number, q2: number, gap: number): number => {
      checkVariance(q1);
      checkVariance(q2);
      checkGap(gap);
      return compute(q1, q2, gap);
    };
  };
  return {
    mean: ofOne('mean'),
    meanSquare: ofOne('meanSquare'),
    derivativeMean: ofOne('derivativeMean'),
    derivativeMeanSquare: ofOne('derivativeMeanSquare'),
    meanSquareSlope: ofOne('meanSquareSlope'),
    product: ofTwo('product'),
    productDrop: ofTwo('productDrop'),
    derivativeProduct: ofTwo('derivativeProduct'),
    methods: {
      mean: method('mean'),
      meanSquare: method('meanSquare'),
      derivativeMean: method('derivativeMean'),
      derivativeMeanSquare: method('derivativeMeanSquare'),
      meanSquareSlope: method('meanSquareSlope'),
      product: method('product'),
      productDrop: method('productDrop'),
      derivativeProduct: method('derivativeProduct'),
    },
  };
}

type TwoVariances = 'product' | 'productDrop' | 'derivativeProduct';
type OneVariance = Exclude<keyof GaussianClosedForms, TwoVariances>;

function quadratures(activation: Activation): Required<GaussianClosedForms> {
  const phi = (u: number): number => activation.phi(u);
  const derivative = (u: number): number => activation.derivative(u);
  const seriesAt = seriesCache(activation);
  return {
    mean: (q) => one.mean(activation, q),
    meanSquare: (q) => one.meanSquare(activation, q),
    derivativeMean: (q) => one.derivativeMean(activation, q),
    derivativeMeanSquare: (q) => one.derivativeMeanSquare(activation, q),
    meanSquareSlope: (q) => one.meanSquareSlope(activation, q),

    product(q1, q2, gap) {
      if (q1 === 0 || q2 === 0) return one.mean(activation, q1) * one.mean(activation, q2);
      const b1 = seriesAt(q1);
      const b2 = b1 && seriesAt(q2);
      if (!b1 || !b2)
        return settledPair(q1, q2, (p1, p2) => quadratureProduct(phi, activation.kinks, p1, p2, gap));
      const means = one.mean(activation, q1) * one.mean(activation, q2);
      return means + Math.sqrt(q1) * Math.sqrt(q2) * seriesCovariance(b1, b2, 1 - gap);
    },

    productDrop(q1, q2, gap) {
      if (q1 === 0 || q2 === 0) return 0;
      const b1 = seriesAt(q1);
      const b2 = b1 && seriesAt(q2);
      if (!b1 || !b2) return settledPair(q1, q2, (p1, p2) => quadratureDrop(activation, p1, p2, gap));
      return Math.sqrt(q1) * Math.sqrt(q2) * seriesDrop(b1, b2, gap);
    },

    derivativeProduct(q1, q2, gap) {
      const b1 = seriesAt(q1);
      const b2 = b1 && seriesAt(q2);
      if (b1 && b2) return seriesDerivativeProduct(b1, b2, 1 - gap);
      return settledPair(q1, q2, (p1, p2) => quadratureProduct(derivative, activation.kinks, p1, p2, gap));
    },
  };
}

function settledPair(q1: number, q2: number, compute: (p1: number, p2: number) => number): number {
  return settle(compute(offLimits(q1), offLimits(q2)), q1, q2);
}

/** The Hermite series of φ' by variance; null where it does not converge, and always for φ with kinks. */
function seriesCache(activation: Activation): (q: number) => Float64Array | null {
  const kept = new Map<number, Float64Array | null>();
  return (q) => {
    if (activation.kinks.length > 0 || q === Infinity) return null;
    let series = kept.get(q);
    if (series === undefined) {
      const derivative = (u: number): number => activation.derivative(u);
      series = derivativeSeries(derivative, q, one.derivativeMeanSquare(activation, q));
      for (const oldest of kept.keys()) {
        if (kept.size < KEPT_SERIES) break;
        kept.delete(oldest);
      }
      kept.set(q, series);
    }
    return series;
  };
}
