/**
 * All Gaussian expectations of an activation: closed form where the activation has one, else a Hermite series
 * (smooth φ, while it converges), else quadrature. See the headers of the files beside this one for methods and
 * measured errors.
 */

import type { Activation, GaussianClosedForms } from '@meanfield/core';

import { checkGap } from '../arguments/signals.js';
import { checkVariance, offLimits, settle } from './limits.js';
import * as one from './one-dimensional.js';
import { derivativeSeries, seriesCovariance, seriesDerivativeProduct, seriesDrop } from './smooth-series.js';
import { atUnitScale } from './unit-scale.js';
import { quadratureDrop, quadratureProduct } from './two-dimensional.js';

/** How an expectation is had: 'single integral' is an activation's own form, 'quadrature' may be a Hermite series. */
export type ExpectationMethod = 'closed form' | 'single integral' | 'quadrature';

/** Of several methods the furthest from a closed form: what a result that needs them all was had by. */
export function furthestMethod(methods: readonly ExpectationMethod[]): ExpectationMethod {
  if (methods.includes('quadrature')) return 'quadrature';
  return methods.includes('single integral') ? 'single integral' : 'closed form';
}

/** Arguments as in `GaussianClosedForms`: q, q1, q2 ≥ 0 variances of pre-activations, gap = 1 − c in [0, 2]. */
export interface GaussianExpectations extends Required<GaussianClosedForms> {
  readonly methods: Readonly<Record<keyof GaussianClosedForms, ExpectationMethod>>;
}

export interface ExpectationOptions {
  /**
   * Results that the instance keeps of each expectation, those at the variances asked for last. For pairs out of many variances, as
   * many as there are: a series is then made once for each. Default 32.
   */
  readonly kept?: number;
}

/**
 * The expectations of one activation. Every function throws INVALID_ARGUMENT for a negative or NaN variance and for
 * a gap outside [0, 2]. q = 0 gives φ(0) and the limits from above of what needs φ'; q = Infinity gives the limit of
 * a φ that levels off, Infinity for one that grows like a power.
 */
export function gaussianExpectations(
  activation: Activation,
  { kept = 32 }: ExpectationOptions = {},
): GaussianExpectations {
  const forms = activation.closedForms;
  const integrals = atUnitScale(activation, (unit) => quadratures(unit, kept));
  const method = (name: keyof GaussianClosedForms): ExpectationMethod => {
    if (forms[name] === undefined) return 'quadrature';
    return activation.singleIntegrals?.includes(name) === true ? 'single integral' : 'closed form';
  };
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

function quadratures(activation: Activation, kept: number): Required<GaussianClosedForms> {
  const { kinks } = activation;
  const phi = (u: number): number => activation.phi(u);
  const derivative = (u: number): number => activation.derivative(u);
  const meanAt = remembered((q) => one.mean(activation, q), kept);
  const derivativeMeanSquareAt = remembered((q) => one.derivativeMeanSquare(activation, q), kept);
  const seriesAt = seriesPairs(activation, derivativeMeanSquareAt, kept);
  return {
    mean: meanAt,
    meanSquare: remembered((q) => one.meanSquare(activation, q), kept),
    derivativeMean: (q) => one.derivativeMean(activation, q),
    derivativeMeanSquare: derivativeMeanSquareAt,
    meanSquareSlope: (q) => one.meanSquareSlope(activation, q),

    product(q1, q2, gap) {
      if (q1 === 0 || q2 === 0) return meanAt(q1) * meanAt(q2);
      const series = seriesAt(q1, q2);
      if (series === null) return settledPair(q1, q2, (p1, p2) => quadratureProduct(phi, kinks, p1, p2, gap));
      const covariance = Math.sqrt(q1) * Math.sqrt(q2) * seriesCovariance(...series, 1 - gap);
      return meanAt(q1) * meanAt(q2) + covariance;
    },

    productDrop(q1, q2, gap) {
      if (q1 === 0 || q2 === 0) return 0;
      const series = seriesAt(q1, q2);
      if (series === null) return settledPair(q1, q2, (p1, p2) => quadratureDrop(activation, p1, p2, gap));
      return Math.sqrt(q1) * Math.sqrt(q2) * seriesDrop(...series, gap);
    },

    derivativeProduct(q1, q2, gap) {
      const series = seriesAt(q1, q2);
      if (series !== null) return seriesDerivativeProduct(...series, 1 - gap);
      return settledPair(q1, q2, (p1, p2) => quadratureProduct(derivative, kinks, p1, p2, gap));
    },
  };
}

function settledPair(q1: number, q2: number, compute: (p1: number, p2: number) => number): number {
  return settle(compute(offLimits(q1), offLimits(q2)), q1, q2);
}

/** `compute` with its `kept` latest results. */
function remembered<T>(compute: (q: number) => T, kept: number): (q: number) => T {
  const results = new Map<number, T>();
  return (q) => {
    const known = results.get(q);
    const value = known === undefined ? compute(q) : known;
    results.delete(q);
    results.set(q, value);
    if (results.size > kept) results.delete(results.keys().next().value!);
    return value;
  };
}

type SeriesPair = readonly [Float64Array, Float64Array];

/**
 * The Hermite series of φ' at two variances, of one length; null where one does not converge, and always for φ
 * with kinks. `meanSquareAt` is E φ'². Of one length, since terms that have died out in one series may meet large ones in the other.
 */
function seriesPairs(
  activation: Activation,
  meanSquareAt: (q: number) => number,
  kept: number,
): (q1: number, q2: number) => SeriesPair | null {
  if (activation.kinks.length > 0) return () => null;
  const derivative = (u: number): number => activation.derivative(u);
  const shortest = remembered((q) => derivativeSeries(derivative, q, meanSquareAt(q), 0), kept);
  const lengthened = new Map<number, (q: number) => Float64Array | null>();
  const ofLength = (q: number, length: number): Float64Array | null => {
    const known = shortest(q);
    if (known === null || known.length >= length) return known;
    let longer = lengthened.get(length);
    if (longer === undefined) {
      longer = remembered((p) => derivativeSeries(derivative, p, meanSquareAt(p), length), kept);
      lengthened.set(length, longer);
    }
    return longer(q);
  };
  return (q1, q2) => {
    if (q1 === Infinity || q2 === Infinity) return null;
    const first = shortest(q1);
    const b2 = first && ofLength(q2, first.length);
    const b1 = b2 && ofLength(q1, b2.length);
    return b1 ? [b1, b2] : null;
  };
}
